const SHORTEST_SLOT_MS = 100;
const LONGEST_SLOT_MS = 30_000;
/** A wake may come up to this part of its delay late. */
const SLOTS_PER_DELAY = 32;

/**
 * The moment, in Unix ms, at which a webhook is woken for a delivery that is due after a delay: the end of a
 * slot that is at most 1/32 of the delay long. All deliveries of one slot share one job, and no job is ever
 * moved or replaced, so an earlier wake cannot be lost to a later one; a webhook with thousands of deliveries
 * waiting has some dozens of jobs. Never before the delivery is due: the wake would find nothing.
 *
 * @param now Unix ms
 */
export function wakeSlot(now: number, delaySeconds: number): number {
  const delayMs = Math.max(0, delaySeconds * 1000);
  const length = slotLength(delayMs);
  return Math.ceil((now + delayMs) / length) * length;
}

/** A power of two times the shortest slot, so that slots of neighbouring delays end at the same moments. */
function slotLength(delayMs: number): number {
  const wanted = Math.min(delayMs / SLOTS_PER_DELAY, LONGEST_SLOT_MS);
  const doublings = Math.floor(Math.log2(wanted / SHORTEST_SLOT_MS));
  return SHORTEST_SLOT_MS * 2 ** Math.max(0, doublings);
}
