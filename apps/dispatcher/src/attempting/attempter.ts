import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery } from '@schoolbell/delivery';
import { formatNamed } from '@schoolbell/formats';
import type { Logger } from '@schoolbell/logging';
import type { TemplateBody } from '../expressions/body-template.js';
import { logAttempt, logCutOff } from '../recording/log-attempt.js';
import type { Recorder } from '../recording/recorder.js';
import type { InFlight } from '../slots/in-flight.js';
import type { AttemptTools } from './attempt-tools.js';
import { judgedAttempt } from './judging/judged-attempt.js';
import type { MadeAttempt } from './judging/made-attempt.js';
import { readAnswer } from './judging/read-answer.js';
import { redactAnswer } from './judging/redact-answer.js';
import { suits, type KnownWebhook } from './known-webhook.js';
import { leftMs } from './left-ms.js';
import type { Access } from './preparing/access-tokens.js';
import { prepareAttempt } from './preparing/prepare-attempt.js';
import type { Releaser } from './releaser.js';
import { neverSent } from './sending/failed-sending.js';
import { sendSafely } from './sending/send-safely.js';
import type { Sifter } from './sifting/sifter.js';
import type { WebhookCache } from './webhook-cache.js';

interface AttempterParts extends Omit<AttemptTools, 'filter'> {
  webhooks: Pick<WebhookCache, 'webhooksOf'>;
  sifter: Pick<Sifter, 'sift' | 'abandon'>;
  releaser: Pick<Releaser, 'giveBack'>;
  inFlight: Pick<InFlight, 'sent' | 'answered'>;
  recorder: Pick<Recorder, 'add'>;
  logger: Logger;
  newId: () => string;
  now: () => number;
  random: () => number;
}

type SentAttempt = Omit<MadeAttempt, 'reading'>;

interface SendingMeans {
  access: Access | undefined;
  /** UUID, of webhooks whose receivers are told of it. */
  attemptId: string | undefined;
  /** Default: that of the webhook. */
  timeoutMs?: number;
}

const UNAUTHORIZED = 401;

/**
 * Attempts what was claimed: wait → sift → prepare → send → judge → record. A receiver's failure is a result;
 * nothing here rejects.
 *
 * The first request has the webhook's whole deadline. What may follow it, such as another token, the same request
 * again, or questions about the answer, has what is left: an attempt that outlasts its lease would be made twice.
 *
 * Most attempts only have to be sent, and wait for nothing else: each `await` costs the hot path some 0.3 µs.
 */
export class Attempter {
  private abandoned = false;

  constructor(private readonly parts: AttempterParts) {}

  /** Resolves once the attempts are on their way, not when they are over; never rejects. */
  async attemptAll(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    const { webhooks, releaser, logger } = this.parts;
    const claimedAt = performance.now();
    const known = await webhooks.webhooksOf(deliveries).catch((error: unknown) => {
      logger.warn({ err: error }, 'webhooks.unavailable');
    });
    const orphans: ClaimedDelivery[] = [];
    for (const claimed of deliveries) {
      if (claimed.takenOver) logCutOff(logger, claimed, claimed.attemptNumber - 1);
      const webhook = known?.get(claimed.webhookId);
      if (webhook && suits(webhook, claimed)) void this.attempt(claimed, webhook, claimedAt);
      else orphans.push(claimed);
    }
    // Their webhook was deleted or changed meanwhile, or Postgres went away.
    await releaser.giveBack(orphans.map((claimed) => ({ claimed, sent: false })));
  }

  /** Gives back whatever is under way: its outcome will not be recorded. */
  abandon(): void {
    this.abandoned = true;
    this.parts.sifter.abandon();
  }

  private async attempt(
    whole: ClaimedDelivery,
    webhook: KnownWebhook,
    claimedAt: number,
  ): Promise<void> {
    // With a rate limit, each delivery has its own slot in a timetable.
    const waitMs = claimedAt + whole.startInMs - performance.now();
    if (waitMs > 0) await sleep(Math.ceil(waitMs));
    if (this.abandoned) return;

    const sifting = this.parts.sifter.sift(whole, webhook);
    const claimed = sifting instanceof Promise ? await sifting : sifting;
    if (!claimed || this.abandoned) return;

    // What a receiver is told of must be known before; of all others, ids are in the order in which attempts end.
    const toldId = webhook.webhook.tracing ? this.parts.newId() : undefined;
    const made = await this.make(claimed, webhook, toldId);
    if (this.abandoned) return;
    this.parts.inFlight.answered(claimed);

    const { newId, now, random, logger, recorder } = this.parts;
    const attemptId = toldId ?? newId();
    const judged = judgedAttempt(made, { attemptId, now: now(), random: random() });
    logAttempt(logger, judged);
    recorder.add(judged);
  }

  /** Prepares the request, sends it, with another token if necessary, and reads the answer by the format's rules. */
  private async make(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
    attemptId: string | undefined,
  ): Promise<MadeAttempt> {
    const until = performance.now() + known.webhook.timeoutSeconds * 1000;
    const fetching = this.accessFor(known);
    const access = fetching && (await fetching);
    const sent = await this.prepareAndSend(claimed, known, { access, attemptId });
    const { prepared, result } = access?.ok
      ? await this.renewedIfRejected(sent, access.token, known, { attemptId, until })
      : sent;
    const read = readAnswer(prepared, result, this.parts.sender, until);
    const reading = typeof read === 'string' ? read : await read;
    if (known.kind === 'unreadable') return { prepared, result, reading };
    return { prepared, result: redactAnswer(result, known.webhook, prepared.outgoing), reading };
  }

  private async prepareAndSend(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
    { access, attemptId, timeoutMs }: SendingMeans,
  ): Promise<SentAttempt> {
    const { inFlight, sender, now } = this.parts;
    const rendering = this.templateBodyFor(claimed, known);
    const templateBody = rendering && (await rendering);
    const prepared = prepareAttempt(claimed, known, {
      now: now(),
      access,
      templateBody,
      attemptId,
    });
    const { outgoing } = prepared;
    if (outgoing.kind !== 'request') return { prepared, result: neverSent(outgoing.error) };
    inFlight.sent(claimed);
    const request = timeoutMs === undefined ? outgoing.request : { ...outgoing.request, timeoutMs };
    return { prepared, result: await sendSafely(sender, request) };
  }

  /** Makes the attempt again with another token if the receiver refused the first one. */
  private async renewedIfRejected(
    sent: SentAttempt,
    token: string,
    known: KnownWebhook,
    { attemptId, until }: { attemptId: string | undefined; until: number },
  ): Promise<SentAttempt> {
    if (sent.result.response?.status !== UNAUTHORIZED) return sent;
    const renewed = await this.accessFor(known, token);
    const timeoutMs = leftMs(until);
    // The token was still the right one, or there is no other, or no time for one: the answer stands.
    if (!renewed?.ok || renewed.token === token || timeoutMs <= 0) return sent;
    const means = { access: renewed, attemptId, timeoutMs };
    return this.prepareAndSend(sent.prepared.claimed, known, means);
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
}
