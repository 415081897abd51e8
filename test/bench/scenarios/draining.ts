import { assertBalanced } from '../figures/ledger.js';
import type { Harness } from '../harness.js';
import { Installation, type InstallationOptions } from '../installation.js';

/** The share of a backlog that is used to warm up. */
const WARM_UP = 0.4;

/** Deliveries per second when dispatchers find a backlog and nobody posts. */
export async function draining(
  harness: Harness,
  events: number,
  options: InstallationOptions = {},
): Promise<number> {
  const installation = await Installation.start(harness, { ...options, dispatchers: 0 });
  try {
    const { accepted, refused } = await installation.post(events, { batch: 100, connections: 4 });
    await harness.calm();
    installation.addDispatchers(options.dispatchers);
    await harness.received(events);
    await installation.settled();
    const { unique, duplicates, arrivedAt } = await harness.reception();
    const { delivered = 0, waiting = 0, dead = 0 } = await installation.states();
    assertBalanced({
      posted: accepted,
      delivered,
      waiting,
      failed: dead,
      received: unique,
      duplicates,
      refused,
    });
    return drainedPerSecond(arrivedAt);
  } finally {
    await installation.stop();
  }
}

/** @param arrivedAt when each delivery of the backlog arrived, in order */
export function drainedPerSecond(arrivedAt: Float64Array): number {
  const from = Math.floor(arrivedAt.length * WARM_UP);
  return (arrivedAt.length - 1 - from) / ((arrivedAt.at(-1)! - arrivedAt[from]!) / 1000);
}
