import type {
  ClaimedDelivery,
  DeliveryStore,
  UnreadableWebhook,
  WebhookForSending,
} from '@schoolbell/delivery';

/** Some 2 KB each. */
const MOST_CACHED = 10_000;

export type KnownWebhook =
  | { kind: 'readable'; webhook: WebhookForSending }
  | { kind: 'unreadable'; webhook: UnreadableWebhook };

/**
 * Webhooks with their secrets in the clear, read once per version: a claim says which version it saw, so a
 * change of settings holds from the next claim on, without any message between processes.
 */
export class WebhookCache {
  private readonly cached = new Map<string, WebhookForSending>();

  constructor(private readonly store: Pick<DeliveryStore, 'webhooksForSending'>) {}

  /** The webhooks of these deliveries; one that was deleted meanwhile is missing. */
  async webhooksOf(deliveries: readonly ClaimedDelivery[]): Promise<Map<string, KnownWebhook>> {
    const known = new Map<string, KnownWebhook>();
    const missing = new Set<string>();
    for (const { webhookId, webhookVersion } of deliveries) {
      const webhook = this.cached.get(webhookId);
      if (webhook && webhook.version >= webhookVersion) {
        known.set(webhookId, { kind: 'readable', webhook });
      } else {
        missing.add(webhookId);
      }
    }
    if (missing.size > 0) await this.read([...missing], known);
    return known;
  }

  private async read(webhookIds: string[], known: Map<string, KnownWebhook>): Promise<void> {
    const { readable, unreadable } = await this.store.webhooksForSending(webhookIds);
    for (const webhook of readable) {
      this.remember(webhook);
      known.set(webhook.id, { kind: 'readable', webhook });
    }
    // Not remembered: as soon as it can be read again, it is sent again.
    for (const webhook of unreadable) known.set(webhook.id, { kind: 'unreadable', webhook });
  }

  private remember(webhook: WebhookForSending): void {
    this.cached.delete(webhook.id);
    if (this.cached.size >= MOST_CACHED) {
      const [oldest] = this.cached.keys();
      this.cached.delete(oldest!);
    }
    this.cached.set(webhook.id, webhook);
  }
}
