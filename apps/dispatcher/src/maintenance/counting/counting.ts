import type { AttemptCounter } from '@schoolbell/persistence';
import type { Outage } from '../../delivering/outage.js';
import type { Chore } from '../routine.js';

const INTERVAL_MS = 30_000;

/** Counts the attempts for the stats, every half minute; dispatchers that do so at once take turns. */
export class Counting implements Chore {
  constructor(
    private readonly counter: Pick<AttemptCounter, 'count'>,
    private readonly outage: Outage,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      await this.counter.count();
      this.outage.worked();
    } catch (error) {
      if (!stopping.aborted) this.outage.failed(error);
    }
    return INTERVAL_MS;
  }
}
