import type { DeliveryStore, WakeListener } from '@schoolbell/delivery';
import type { Outage } from '../outages/outage.js';
import type { Chore } from '../routines/routine.js';

const MOST_AT_ONCE = 1000;
/** While no wakes arrive, only the sweep finds deliveries. */
const WITHOUT_WAKES_MS = 1000;
/**
 * A sweep reads from the beginning, which takes long while Postgres cannot remove ended rows. It then rests this many
 * times as long, so that it uses no more than a tenth of a core.
 */
const REST_PER_WORK = 10;
const LONGEST_REST_MS = 30_000;

interface SweeperOptions {
  intervalMs: number;
  /** Whether wakes can be expected to arrive; never rejects. */
  wakesArrive: () => Promise<boolean>;
  /** Whether the dispatcher could take more. */
  hasRoom: () => boolean;
  /** Told which webhooks a look has found, before they are woken. */
  onFound?: (webhookIds: readonly string[]) => void;
  /** Milliseconds, from any beginning. */
  now?: () => number;
}

/**
 * Finds what no wake announced: deliveries that are due and unleased, and those whose lease ended with the dispatcher
 * that held it.
 */
export class Sweeper implements Chore {
  constructor(
    private readonly store: Pick<DeliveryStore, 'webhooksWithDueDeliveries'>,
    private readonly listener: WakeListener,
    private readonly outage: Outage,
    private readonly options: SweeperOptions,
  ) {}

  async round(stopping: AbortSignal): Promise<number> {
    const { intervalMs, wakesArrive, now = () => performance.now() } = this.options;
    let lookedForMs = 0;
    try {
      let found: string[];
      do {
        const startedAt = now();
        found = await this.store.webhooksWithDueDeliveries(MOST_AT_ONCE);
        lookedForMs += now() - startedAt;
        this.options.onFound?.(found);
        if (found.length > 0) await this.listener.onWake(found);
        // A full answer means that there are more, as after a start with a backlog.
      } while (found.length >= MOST_AT_ONCE && this.options.hasRoom() && !stopping.aborted);
      this.outage.worked();
    } catch (error) {
      return this.outage.failed(error);
    }
    const rest = Math.min(REST_PER_WORK * lookedForMs, LONGEST_REST_MS);
    const usual = (await wakesArrive()) ? intervalMs : Math.min(intervalMs, WITHOUT_WAKES_MS);
    return Math.max(usual, rest);
  }
}
