import type { WebhookDocument } from '@schoolbell/api-client';

type Health = WebhookDocument['health'];

const PLACE: Record<Health, number> = { paused: 0, failing: 1, ok: 2, idle: 3 };

/** Webhooks that need attention first: paused, then failing; otherwise they keep their order. */
export function orderedWebhooks(webhooks: readonly WebhookDocument[]): WebhookDocument[] {
  return webhooks.toSorted((one, other) => PLACE[one.health] - PLACE[other.health]);
}

/** Webhooks whose address, description, format, types or id contain the text. */
export function foundBy(webhooks: readonly WebhookDocument[], q: string): WebhookDocument[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return webhooks.filter(({ id, url, description, format, events }) => {
    const text = [id, url, description, format, ...events].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
