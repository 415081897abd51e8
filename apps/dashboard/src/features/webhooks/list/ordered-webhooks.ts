import type { WebhookDocument } from '@schoolbell/api-client';

type Health = WebhookDocument['health'];

const PLACE: Record<Health, number> = { paused: 0, failing: 1, ok: 2, idle: 3 };

/** What needs somebody first: paused, then failing; as they came otherwise. */
export function orderedWebhooks(webhooks: readonly WebhookDocument[]): WebhookDocument[] {
  return webhooks.toSorted((one, other) => PLACE[one.health] - PLACE[other.health]);
}

/** Those that a person means who types a part of the address, the description, the format, a type or the id. */
export function foundBy(webhooks: readonly WebhookDocument[], q: string): WebhookDocument[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return webhooks.filter(({ id, url, description, format, events }) => {
    const text = [id, url, description, format, ...events].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
