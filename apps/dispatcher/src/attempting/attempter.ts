import type { ClaimedDelivery, DiscardReason, Sender } from '@schoolbell/delivery';
import { formatNamed } from '@schoolbell/formats';
import type { BodyTemplate, TemplateBody } from '../expressions/body-template.js';
import type { EventFilter } from '../expressions/event-filter.js';
import type { Access, AccessTokens } from './access-tokens.js';
import { neverSent } from './failed-sending.js';
import type { MadeAttempt } from './made-attempt.js';
import { prepareAttempt } from './prepare-attempt.js';
import { reasonToTurnAway } from './reason-to-turn-away.js';
import { readAnswer } from './read-answer.js';
import { redactAnswer } from './redact-answer.js';
import { sendSafely } from './send-safely.js';
import type { KnownWebhook } from './known-webhook.js';

export interface AttempterParts {
  sender: Sender;
  tokens: Pick<AccessTokens, 'accessFor'>;
  filter: Pick<EventFilter, 'wants'>;
  template: Pick<BodyTemplate, 'bodyFor'>;
  now: () => number;
}

type SentAttempt = Omit<MadeAttempt, 'reading'>;

const UNAUTHORIZED = 401;

/**
 * Makes attempts: authorised, rendered, sent. What a receiver does is a result; nothing here rejects.
 *
 * The first request has the whole of the webhook's deadline. What may follow it, another token, the request once
 * more and questions about its answer, has what is left: an attempt that outlasts its lease is made twice.
 *
 * Most attempts only have to be sent, and wait for nothing else: each `await` costs the hot path some 0.3 µs.
 */
export class Attempter {
  constructor(private readonly parts: AttempterParts) {}

  /**
   * Whether the delivery's webhook turns it away.
   *
   * @returns why, or undefined when an attempt is to be made
   */
  turnsAway(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
  ): DiscardReason | undefined | Promise<DiscardReason | undefined> {
    if (known.kind === 'unreadable') return undefined;
    return reasonToTurnAway(known.webhook, claimed, this.parts.filter);
  }

  /** @param onSent called right before the request goes out */
  async attempt(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
    onSent: () => void,
  ): Promise<MadeAttempt> {
    const startedAt = performance.now();
    const timeoutMs = known.webhook.timeoutSeconds * 1000;
    const leftMs = () => Math.ceil(startedAt + timeoutMs - performance.now());
    const fetching = this.accessFor(known);
    const access = fetching && (await fetching);
    const sent = await this.make(claimed, known, access, onSent);
    const made = access?.ok
      ? await this.renewedIfRejected(sent, access.token, known, onSent, leftMs)
      : sent;
    const { prepared, result } = made;
    const read = readAnswer(prepared, result, this.parts.sender, leftMs);
    const reading = typeof read === 'string' ? read : await read;
    if (known.kind === 'unreadable') return { prepared, result, reading };
    return { prepared, result: redactAnswer(result, known.webhook, prepared.outgoing), reading };
  }

  /** The attempt once more with another token, if its receiver did not take the one it had. */
  private async renewedIfRejected(
    made: SentAttempt,
    token: string,
    known: KnownWebhook,
    onSent: () => void,
    leftMs: () => number,
  ): Promise<SentAttempt> {
    if (made.result.response?.status !== UNAUTHORIZED) return made;
    const renewed = await this.accessFor(known, token);
    const timeoutMs = leftMs();
    // The old one was all right then, or there is no other, or no time for it: its answer stands.
    if (!renewed?.ok || renewed.token === token || timeoutMs <= 0) return made;
    return this.make(made.prepared.claimed, known, renewed, onSent, timeoutMs);
  }

  private accessFor(known: KnownWebhook, rejected?: string): Access | Promise<Access> | undefined {
    if (known.kind === 'unreadable') return undefined;
    const { webhook } = known;
    const { authentication } = webhook;
    if (authentication.type !== 'oauth2') return undefined;
    return this.parts.tokens.accessFor(webhook, authentication, rejected);
  }

  private templateBodyFor(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
  ): Promise<TemplateBody> | undefined {
    if (known.kind === 'unreadable' || !formatNamed(known.webhook.format)?.templated)
      return undefined;
    return this.parts.template.bodyFor(known.webhook, claimed);
  }

  private async make(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
    access: Access | undefined,
    onSent: () => void,
    timeoutMs?: number,
  ): Promise<SentAttempt> {
    const rendering = this.templateBodyFor(claimed, known);
    const templateBody = rendering && (await rendering);
    const prepared = prepareAttempt(claimed, known, {
      now: this.parts.now(),
      access,
      templateBody,
    });
    const { outgoing } = prepared;
    if (outgoing.kind !== 'request') return { prepared, result: neverSent(outgoing.error) };
    onSent();
    const request = timeoutMs === undefined ? outgoing.request : { ...outgoing.request, timeoutMs };
    return { prepared, result: await sendSafely(this.parts.sender, request) };
  }
}
