import { Injectable } from '@nestjs/common';
import type { WebhookHealth } from '@schoolbell/delivery';
import { WebhookHealthRepository, type WebhookRecord } from '@schoolbell/persistence';
import { presentWebhook } from './present-webhook.js';
import type { WebhookDocument } from './webhook-document.js';

/** Webhooks as their owner sees them, with how they are doing. */
@Injectable()
export class ShownWebhooks {
  constructor(private readonly health: WebhookHealthRepository) {}

  async one(webhook: WebhookRecord): Promise<WebhookDocument> {
    return (await this.presenter(webhook.tenantId, [webhook]))(webhook);
  }

  /** @returns what presents each of these webhooks */
  async presenter(
    tenantId: string,
    webhooks: readonly WebhookRecord[],
  ): Promise<(webhook: WebhookRecord) => WebhookDocument> {
    const ids = webhooks.map(({ id }) => id);
    const healths = await this.health.of(tenantId, ids);
    return (webhook) => presentWebhook(webhook, healths.get(webhook.id) ?? withoutNews(webhook));
  }
}

/** Of one that was deleted at this very moment. */
function withoutNews({ status }: WebhookRecord): WebhookHealth {
  return status === 'paused' ? 'paused' : 'idle';
}
