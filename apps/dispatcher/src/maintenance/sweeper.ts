import type { DeliveryStore, WakeListener } from '@schoolbell/delivery';
import type { Outage } from '../delivering/outage.js';
import type { Chore } from './routine.js';

const MOST_AT_ONCE = 1000;
/** While no wakes arrive, the sweep is all there is. */
const WITHOUT_WAKES_MS = 1000;

export interface SweeperOptions {
  intervalMs: number;
  /** Whether wakes can be expected to arrive; never rejects. */
  wakesArrive: () => Promise<boolean>;
  /** Whether the dispatcher could take more. */
  hasRoom: () => boolean;
}

/**
 * Finds what no wake announced: deliveries that are due and unleased, and those whose lease ended with the
 * dispatcher that held it.
 */
export class Sweeper implements Chore {
  constructor(
    private readonly store: Pick<DeliveryStore, 'webhooksWithDueDeliveries'>,
    private readonly listener: WakeListener,
    private readonly outage: Outage,
    private readonly options: SweeperOptions,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    try {
      let found: string[];
      do {
        found = await this.store.webhooksWithDueDeliveries(MOST_AT_ONCE);
        if (found.length > 0) await this.listener.onWake(found);
        // A full answer means that there are more, such as after a start with a backlog.
      } while (found.length >= MOST_AT_ONCE && this.options.hasRoom() && !stopping.aborted);
      this.outage.worked();
    } catch (error) {
      return this.outage.failed(error);
    }
    const { intervalMs, wakesArrive } = this.options;
    return (await wakesArrive()) ? intervalMs : Math.min(intervalMs, WITHOUT_WAKES_MS);
  }
}
