import { Injectable } from '@nestjs/common';
import type { WebhookHealth } from '@schoolbell/delivery';
import { WebhookHealthRepository, type WebhookRecord } from '@schoolbell/persistence';
import { presentWebhook } from './present-webhook.js';
import { withoutQuotedEvents } from './without-quoted-events.js';
import type { WebhookDocument } from './webhook-document.js';

/** Webhooks as their owner sees them, with their health. */
@Injectable()
export class ShownWebhooks {
  constructor(private readonly health: WebhookHealthRepository) {}

  /** @param bodies see {@link presenter} */
  async one(webhook: WebhookRecord, bodies = true): Promise<WebhookDocument> {
    return (await this.presenter(webhook.tenantId, [webhook], bodies))(webhook);
  }

  /**
   * @param bodies whether errors may quote the data of events; left out for principals who may change webhooks
   * @returns a function that presents each of these webhooks
   */
  async presenter(
    tenantId: string,
    webhooks: readonly WebhookRecord[],
    bodies = true,
  ): Promise<(webhook: WebhookRecord) => WebhookDocument> {
    const ids = webhooks.map(({ id }) => id);
    const healths = await this.health.of(tenantId, ids);
    return (webhook) => {
      const shown = bodies ? webhook : withoutQuotedEvents(webhook);
      return presentWebhook(shown, healths.get(webhook.id) ?? withoutNews(webhook));
    };
  }
}

/** For a webhook that was deleted at this very moment. */
function withoutNews({ status }: WebhookRecord): WebhookHealth {
  return status === 'paused' ? 'paused' : 'idle';
}
