import type { ClaimedDelivery, DeliveryStore, WebhookForSending } from '@schoolbell/delivery';
import { LRUCache } from 'lru-cache';
import type { KnownWebhook } from './known-webhook.js';

/** Some 2 KB each, without their expressions. */
const MOST_CACHED = 10_000;
/** All filters, templates and certificates together, which have up to 90 KB per webhook. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

/**
 * Webhooks with their decrypted secrets, read once per version. A claim says which version it saw, so a change of
 * settings takes effect with the next claim, without any message between processes.
 */
export class WebhookCache {
  private readonly cached = new LRUCache<string, WebhookForSending>({
    max: MOST_CACHED,
    maxSize: MOST_CHARACTERS,
    sizeCalculation: charactersOf,
  });

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
    for (const webhook of await this.read([...missing])) known.set(webhook.webhook.id, webhook);
    return known;
  }

  /** The tenant of a webhook; undefined if the webhook was not read yet, or is no longer cached. */
  tenantOf(webhookId: string): string | undefined {
    return this.cached.get(webhookId)?.tenantId;
  }

  /** Reads webhooks before their first claim, for their tenants. One that was deleted is missing. */
  async tenantsOf(webhookIds: readonly string[]): Promise<Map<string, string>> {
    const webhooks = await this.read(webhookIds);
    return new Map(webhooks.map(({ webhook }) => [webhook.id, webhook.tenantId]));
  }

  private async read(webhookIds: readonly string[]): Promise<KnownWebhook[]> {
    if (webhookIds.length === 0) return [];
    const { readable, unreadable } = await this.store.webhooksForSending(webhookIds);
    for (const webhook of readable) this.cached.set(webhook.id, webhook);
    // Not cached: once such a webhook can be read again, it is sent again.
    const known = unreadable.map((webhook): KnownWebhook => ({ kind: 'unreadable', webhook }));
    return [...readable.map((webhook): KnownWebhook => ({ kind: 'readable', webhook })), ...known];
  }
}

/** At least one, since the cache takes no entry without a size. */
function charactersOf({ filter, template, identity }: WebhookForSending): number {
  const { certificate, key } = identity?.client ?? {};
  const texts = [filter, template, identity?.ca, certificate, key];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0) || 1;
}
