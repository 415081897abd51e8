import type { Outage } from '../../outages/outage.js';
import type { Chore } from '../../routines/routine.js';

const INTERVAL_MS = 30_000;

/** Counts rows of one or more kinds. */
interface Counter {
  count(): Promise<void>;
}

/** Counts for statistics and usage every half minute; dispatchers that count at the same moment take turns. */
export class Counting implements Chore {
  constructor(
    private readonly counters: readonly Counter[],
    private readonly outage: Outage,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      for (const counter of this.counters) await counter.count();
      this.outage.worked();
    } catch (error) {
      if (!stopping.aborted) this.outage.failed(error);
    }
    return INTERVAL_MS;
  }
}
