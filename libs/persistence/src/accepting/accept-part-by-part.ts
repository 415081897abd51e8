import type { Acceptance, IncomingEvent } from '@schoolbell/delivery';
import type { PoolClient } from 'pg';
import { acceptOn, type Accepted } from './accept-on.js';

/**
 * Accepts events in statements of about `ofPart` deliveries each, in the order of the events; whoever calls has begun
 * a transaction, and undoes it unless all are accepted.
 *
 * @returns `undefined` once they make more than `most` deliveries
 */
export async function acceptPartByPart(
  client: PoolClient,
  events: readonly IncomingEvent[],
  { ofPart, most }: { ofPart: number; most: number },
): Promise<Accepted<Acceptance> | undefined> {
  const settled = new Map<IncomingEvent, Acceptance>();
  const webhookIds = new Set<string>();
  const sessions: Accepted['sessions'] = [];
  let made = 0;
  for (let left = events; left.length > 0; left = left.filter((event) => !settled.has(event))) {
    const part = await acceptOn(client, left, { ofOneEvent: most, ofAll: ofPart });
    for (const [index, outcome] of part.acceptances.entries()) {
      if (outcome.kind === 'deferred') {
        if (outcome.deliveries > most) return undefined;
      } else {
        settled.set(left[index]!, outcome);
        if (outcome.kind === 'accepted' && !outcome.duplicate) made += outcome.deliveries;
      }
    }
    if (made > most) return undefined;
    for (const id of part.webhookIds) webhookIds.add(id);
    sessions.push(...part.sessions);
  }
  const acceptances = events.map((event) => settled.get(event)!);
  return { acceptances, webhookIds: [...webhookIds], sessions };
}
