import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryStore, TurnedAway } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';

/** Nobody waits for it, and fewer statements cost less. Milliseconds. */
const GATHER_MS = 8;
const MOST_PER_STATEMENT = 500;

/** Ends deliveries that their webhooks turn away, many in one statement. */
export class Discarder {
  private pending: TurnedAway[] = [];
  private flushing = false;

  /** @param onDone told of those that are over here, also when they could not be ended */
  constructor(
    private readonly store: Pick<DeliveryStore, 'discard'>,
    private readonly logger: Logger,
    private readonly onDone: (turnedAway: readonly TurnedAway[]) => void,
  ) {}

  add(turnedAway: TurnedAway): void {
    this.pending.push(turnedAway);
    if (this.flushing) return;
    this.flushing = true;
    void this.flush();
  }

  private async flush(): Promise<void> {
    await sleep(GATHER_MS);
    while (this.pending.length > 0) {
      const some = this.pending.splice(0, MOST_PER_STATEMENT);
      try {
        await this.store.discard(some);
      } catch (error) {
        // Nothing was sent: whoever claims them when their leases end finds the same.
        this.logger.warn({ err: error, deliveries: some.length }, 'discard.failed');
      }
      this.onDone(some);
    }
    this.flushing = false;
  }
}
