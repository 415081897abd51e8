import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery, DeliveryStore, TakenSlots } from '@schoolbell/delivery';
import { Gatherer } from '../../gathering/gatherer.js';

/** Filters answer for many deliveries at once. */
const GATHERING = { gatherMs: 2, most: 500 };
/** Some 100 bytes each. For forgotten deliveries the filter is asked again. */
const MOST_REMEMBERED = 10_000;

interface Asking {
  claimed: ClaimedDelivery;
  answer: PromiseWithResolvers<boolean>;
}

/** Holds webhooks to their rate limits. */
interface Pace {
  /** The rate limits of these webhooks allow nothing more for this long. */
  keepTo(paced: TakenSlots['paced']): void;
}

/**
 * Takes slots in the timetables of webhooks with a rate limit, for deliveries that their filters want. A delivery
 * without a slot is given back and remembered, so that its filter is not asked again at the next claim.
 */
export class SlotTaker {
  private readonly asking = new Gatherer<Asking>(GATHERING, (some) => this.takeFor(some));
  /** Versions of their webhooks, by the ids of the deliveries that were given back. */
  private readonly wanted = new Map<string, number>();

  constructor(
    private readonly store: Pick<DeliveryStore, 'takeSlots'>,
    private readonly pace: Pace,
  ) {}

  /** Whether its filter was asked before, and wants it. */
  isWanted({ id, webhookVersion }: ClaimedDelivery): boolean {
    return this.wanted.get(id) === webhookVersion;
  }

  /**
   * Resolves when the delivery may go; at once, with false, if it was given back.
   *
   * @throws what the store throws; the delivery is still claimed then
   */
  take(claimed: ClaimedDelivery): Promise<boolean> {
    const answer = Promise.withResolvers<boolean>();
    this.asking.add({ claimed, answer });
    return answer.promise;
  }

  private async takeFor(asking: readonly Asking[]): Promise<void> {
    try {
      const taken = await this.store.takeSlots(asking.map(({ claimed }) => claimed));
      this.pace.keepTo(taken.paced);
      const starts = new Map(taken.going.map(({ id, startInMs }) => [id, startInMs]));
      for (const { claimed, answer } of asking) {
        const startInMs = starts.get(claimed.id);
        if (startInMs === undefined) this.remember(claimed);
        else this.wanted.delete(claimed.id);
        answer.resolve(startInMs === undefined ? false : sleep(startInMs, true));
      }
    } catch (error) {
      for (const { answer } of asking) answer.reject(error);
    }
  }

  private remember({ id, webhookVersion }: ClaimedDelivery): void {
    if (this.wanted.size >= MOST_REMEMBERED) this.wanted.clear();
    this.wanted.set(id, webhookVersion);
  }
}
