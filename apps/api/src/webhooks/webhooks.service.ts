import { Inject, Injectable } from '@nestjs/common';
import { ALL_EVENTS, type Wakes } from '@schoolbell/delivery';
import { type EgressPolicy } from '@schoolbell/destinations';
import type { Author } from '@schoolbell/identity';
import {
  type WebhookRecord,
  WebhookRepository,
  WebhookSecretRepository,
} from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { EGRESS_POLICY } from '../config/egress-policy.js';
import { KnownEventTypes } from '../event-types/known-event-types.js';
import { ApiError, notFound, validationFailed } from '../http/api-error.js';
import { untilUndisturbed } from '../http/until-undisturbed.js';
import { type ExampleResultDocument, ExpressionTrial } from './expression-trial.js';
import { requireFittingSettings } from './fitting-settings.js';
import { requireCarriedEvents } from './format-rules.js';
import { HandshakeOutcome } from './handshake-outcome.js';
import { DEFAULT_OVERLAP_SECONDS } from './secret-documents.js';
import {
  isReadableSecret,
  type NewSecret,
  newSecret,
  type Signing,
  signingOf,
} from './secret-rules.js';
import { activeOrAsking, statusAfter } from './status-after.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';
import { requireSoundSettings } from './webhook-rules.js';
import { changedSettings, newSettings } from './webhook-settings.js';

/** Registers, changes, pauses and resumes webhooks. Ids are UUIDs. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhookRepository,
    private readonly secrets: WebhookSecretRepository,
    private readonly trial: ExpressionTrial,
    @Inject(EGRESS_POLICY) private readonly policy: EgressPolicy,
    @Inject(WAKES) private readonly wakes: Wakes,
    private readonly handshakes: HandshakeOutcome,
    private readonly eventTypes: KnownEventTypes,
  ) {}

  /** @returns the webhook and its secret, which is not shown unasked again */
  async create(
    author: Author,
    tenantId: string,
    input: CreateWebhook,
  ): Promise<{ webhook: WebhookRecord; secret: string; examples?: ExampleResultDocument[] }> {
    const unknown = await this.eventTypes.unknownAmong(tenantId, namedTypes(input));
    requireSoundSettings(input, this.policy, unknown);
    const settings = newSettings(input);
    const { signing = 'hmac-sha256' } = input;
    const status = input.status === 'paused' ? 'paused' : activeOrAsking(settings);
    requireFitting(settings, signing, input);
    const examples = await this.trial.run(tenantId, settings);
    const made = newSecret(signing, input.secret);
    const creation = await this.webhooks.create(author, tenantId, {
      ...settings,
      ...made,
      status,
    });
    if (creation.kind === 'limit_reached') throw limitReached(creation.limit);
    const webhook = await this.handshakes.of(creation.webhook);
    return { webhook, secret: made.secret, ...(examples && { examples }) };
  }

  async find(tenantId: string, id: string): Promise<WebhookRecord> {
    return found(await this.webhooks.find(tenantId, id));
  }

  /** Changes the given settings, judged together with those that stay: the format must carry the events. */
  async change(
    author: Author,
    tenantId: string,
    id: string,
    input: ChangeWebhook,
  ): Promise<{ webhook: WebhookRecord; examples?: ExampleResultDocument[] }> {
    requireSoundSettings(input, this.policy, await this.unknownTypes(tenantId, id, input));
    const answer = await untilUndisturbed(async () => {
      const old = await this.find(tenantId, id);
      const changes = changedSettings(input, old);
      const settings = { ...old, ...changes };
      const { signing = signingOf(old) } = input;
      requireFitting(settings, signing, input);
      const examples = await this.tryGiven(settings, input);
      const secret = await this.secretFor(old, settings.format, signing);
      const status = statusAfter(old, settings, input.status);
      const rotation = secret && { ...secret, previousExpiresAt: endOfOverlap() };
      const change = { settings: changes, status, rotation };
      const webhook = await this.webhooks.update(author, old, change);
      if (!webhook) return undefined;
      if (status === 'active') this.wakes.wake([id]);
      return { webhook, ...(examples && { examples }) };
    });
    return { ...answer, webhook: await this.handshakes.of(answer.webhook) };
  }

  /**
   * @returns the secret of another kind that a change requires, if any
   * @throws ApiError `validation_failed` if receivers of the new format could not read the present secret
   */
  private async secretFor(
    old: WebhookRecord,
    format: string,
    signing: Signing,
  ): Promise<NewSecret | undefined> {
    if (signing !== signingOf(old)) return newSecret(signing);
    if (format === old.format || signing === 'ed25519') return undefined;
    const stored = await this.secrets.find(old.tenantId, old.id, new Date());
    if (!stored || stored.current === null || isReadableSecret(format, stored.current)) return;
    const message = `has a secret that ${format} cannot use: rotate it to one that begins with whsec_ first`;
    throw validationFailed([{ path: 'format', message }]);
  }

  private async tryGiven(
    settings: Pick<WebhookRecord, 'tenantId' | 'eventTypes' | 'filter' | 'template' | 'metadata'>,
    { filter, template }: ChangeWebhook,
  ): Promise<ExampleResultDocument[] | undefined> {
    if (filter === undefined && template === undefined) return undefined;
    return this.trial.run(settings.tenantId, settings);
  }

  /** A webhook may keep listing what it lists already, including a deleted type. */
  private async unknownTypes(
    tenantId: string,
    id: string,
    input: ChangeWebhook,
  ): Promise<ReadonlySet<string>> {
    const unknown = await this.eventTypes.unknownAmong(tenantId, namedTypes(input));
    if (unknown.size === 0) return unknown;
    const { eventTypes } = await this.find(tenantId, id);
    return new Set([...unknown].filter((type) => !eventTypes.includes(type)));
  }

  async delete(author: Author, tenantId: string, id: string): Promise<void> {
    if (!(await this.webhooks.delete(author, tenantId, id))) throw notFound('webhook');
  }

  async pause(author: Author, tenantId: string, id: string): Promise<WebhookRecord> {
    return found(await this.webhooks.pause(author, tenantId, id));
  }

  async resume(
    author: Author,
    tenantId: string,
    id: string,
    held: 'send' | 'discard',
  ): Promise<WebhookRecord> {
    const webhook = await untilUndisturbed(async () => {
      const old = await this.find(tenantId, id);
      return this.webhooks.resume(author, old, held, activeOrAsking(old));
    });
    this.wakes.wake([id]);
    return this.handshakes.of(webhook);
  }
}

function namedTypes({ events = [] }: ChangeWebhook): string[] {
  return events.filter((event) => event !== ALL_EVENTS);
}

function endOfOverlap(): Date {
  return new Date(Date.now() + DEFAULT_OVERLAP_SECONDS * 1000);
}

/** @throws ApiError `validation_failed`, `format_cannot_carry` */
function requireFitting(
  settings: Parameters<typeof requireFittingSettings>[0],
  signing: Signing,
  input: ChangeWebhook | CreateWebhook,
): void {
  requireFittingSettings(settings, signing, input);
  requireCarriedEvents(settings.format, settings.eventTypes);
}

function found(webhook: WebhookRecord | undefined): WebhookRecord {
  if (!webhook) throw notFound('webhook');
  return webhook;
}

function limitReached(limit: number): ApiError {
  return new ApiError(
    'webhook_limit_reached',
    `This tenant may have ${limit} webhooks. Delete one, or ask the operator to raise the limit.`,
  );
}
