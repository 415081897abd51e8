import { Inject, Injectable } from '@nestjs/common';
import type { EgressPolicy, Wakes } from '@schoolbell/delivery';
import { type WebhookRecord, WebhookRepository } from '@schoolbell/persistence';
import { WAKES } from '@schoolbell/queue';
import { generateSecret } from '@schoolbell/signing';
import { EGRESS_POLICY } from '../config/egress-policy.js';
import { ApiError, notFound } from '../http/api-error.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';
import { requireCarriedEvents, requireSoundSettings } from './webhook-rules.js';
import { changedSettings, newSettings } from './webhook-settings.js';

/** Changes that collide are repeated this often; a webhook has one owner, so twice is rare already. */
const MAX_COLLISIONS = 5;

/** Registers, changes, pauses and resumes webhooks. Ids are UUIDs. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly webhooks: WebhookRepository,
    @Inject(EGRESS_POLICY) private readonly policy: EgressPolicy,
    @Inject(WAKES) private readonly wakes: Wakes,
  ) {}

  /** @returns the webhook and its secret, which is not shown unasked again */
  async create(
    tenantId: string,
    input: CreateWebhook,
  ): Promise<{ webhook: WebhookRecord; secret: string }> {
    requireSoundSettings(input, this.policy);
    const settings = newSettings(input);
    requireCarriedEvents(settings.format, settings.eventTypes);
    const { secret = generateSecret(), status = 'active' } = input;
    const creation = await this.webhooks.create(tenantId, { ...settings, secret, status });
    if (creation.kind === 'limit_reached') throw limitReached(creation.limit);
    return { webhook: creation.webhook, secret };
  }

  async find(tenantId: string, id: string): Promise<WebhookRecord> {
    return found(await this.webhooks.find(tenantId, id));
  }

  /** Changes what is given, judged together with what stays: a format must carry the events. */
  async change(tenantId: string, id: string, input: ChangeWebhook): Promise<WebhookRecord> {
    requireSoundSettings(input, this.policy);
    for (let attempt = 0; attempt < MAX_COLLISIONS; attempt++) {
      const old = await this.find(tenantId, id);
      const changes = changedSettings(input, old);
      const { format, eventTypes } = { ...old, ...changes };
      requireCarriedEvents(format, eventTypes);
      const status = input.status === old.status ? undefined : input.status;
      const webhook = await this.webhooks.update(tenantId, id, old.version, changes, status);
      if (webhook) {
        if (status === 'active') this.wakes.wake([id]);
        return webhook;
      }
    }
    throw new ApiError('service_unavailable', 'Others change this webhook all the time.', {
      headers: { 'Retry-After': '1' },
    });
  }

  async delete(tenantId: string, id: string): Promise<void> {
    if (!(await this.webhooks.delete(tenantId, id))) throw notFound('webhook');
  }

  async pause(tenantId: string, id: string): Promise<WebhookRecord> {
    if (!(await this.webhooks.pause(tenantId, id))) throw notFound('webhook');
    return this.find(tenantId, id);
  }

  async resume(tenantId: string, id: string, held: 'send' | 'discard'): Promise<WebhookRecord> {
    if (!(await this.webhooks.resume(tenantId, id, held))) throw notFound('webhook');
    this.wakes.wake([id]);
    return this.find(tenantId, id);
  }
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
