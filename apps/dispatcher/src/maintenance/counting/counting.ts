import type { AttemptCounter } from '@schoolbell/persistence';
import type { Outage } from '../../delivering/outage.js';

const INTERVAL_MS = 30_000;

/** Counts the attempts for the stats, every half minute; dispatchers that do so at once take turns. */
export class Counting {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly counter: Pick<AttemptCounter, 'count'>,
    private readonly outage: Outage,
  ) {}

  start(): void {
    if (this.stopped) return;
    void this.countAndPlanNext();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async countAndPlanNext(): Promise<void> {
    try {
      await this.counter.count();
      this.outage.worked();
    } catch (error) {
      if (!this.stopped) this.outage.failed(error);
    }
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.countAndPlanNext(), INTERVAL_MS);
  }
}
