import type { FanOutStep, Wakes } from '@schoolbell/delivery';
import type { Doorbell } from '../routines/doorbell.js';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';

/** Makes deliveries of operational events, some at a time. */
interface FanOutQueue {
  /** Makes the next ones; `undefined` when there are none to make. */
  next(): Promise<FanOutStep | undefined>;
}

interface FanOutRunnerOptions {
  /** How often to look for operational events that another dispatcher stored. Milliseconds. */
  intervalMs: number;
}

/**
 * Fans operational events out to the webhooks that want them, at once if this dispatcher stored them. It has no state:
 * the progress of an event is committed with its deliveries, and any dispatcher continues from there.
 */
export class FanOutRunner implements Chore {
  constructor(
    private readonly queue: FanOutQueue,
    private readonly wakes: Wakes,
    private readonly doorbell: Pick<Doorbell, 'wait'>,
    private readonly outage: Outage,
    private readonly options: FanOutRunnerOptions,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    const startedAt = performance.now();
    try {
      const step = await this.queue.next();
      this.outage.worked();
      if (!step) {
        await this.doorbell.wait(this.options.intervalMs, stopping);
        return 0;
      }
      if (step.webhookIds.length > 0) this.wakes.wake(step.webhookIds);
      // A pause as long as the work: Postgres has deliveries to claim and to record meanwhile.
      return performance.now() - startedAt;
    } catch (error) {
      return this.outage.failed(error);
    }
  }
}
