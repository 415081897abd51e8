import type { DeliveryDocument } from '@schoolbell/api-client';

/** How often a page asks again while an attempt is near or under way. */
export const ASK_EVERY_MS = 1_000;
/** An attempt that is due sooner than this is worth waiting for on the page. */
const SOON_MS = 5_000;
/** A delivery that is overdue for longer, because of a rate limit or a backlog, is no longer asked for. */
const STALE_MS = 60_000;

type Due = Pick<DeliveryDocument, 'status' | 'nextAttemptAt'>;

/** Whether an attempt is near or under way. */
export function isMoving(delivery: Due | null, now = Date.now()): boolean {
  if (delivery?.status !== 'pending' || delivery.nextAttemptAt === null) return false;
  const due = Date.parse(delivery.nextAttemptAt) - now;
  return due < SOON_MS && due > -STALE_MS;
}
