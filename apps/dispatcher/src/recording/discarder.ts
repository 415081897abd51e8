import type { DeliveryStore, TurnedAway } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { Gatherer } from '../gathering/gatherer.js';
import type { FollowUp } from './follow-up.js';

/** Nobody waits for it, and fewer statements cost less. */
const GATHERING = { gatherMs: 8, most: 500 };

/** Discards deliveries that their webhooks turn away, many in one statement. */
export class Discarder {
  private readonly turnedAway = new Gatherer<TurnedAway>(GATHERING, (some) => this.discard(some));

  constructor(
    private readonly store: Pick<DeliveryStore, 'discard'>,
    private readonly followUp: Pick<FollowUp, 'discarded'>,
    private readonly logger: Logger,
  ) {}

  add(turnedAway: TurnedAway): void {
    this.turnedAway.add(turnedAway);
  }

  private async discard(turnedAway: readonly TurnedAway[]): Promise<void> {
    try {
      await this.store.discard(turnedAway);
    } catch (error) {
      // Nothing was sent: whoever claims them when their leases end finds the same.
      this.logger.warn({ err: error, deliveries: turnedAway.length }, 'discard.failed');
    }
    this.followUp.discarded(turnedAway);
  }
}
