import { setTimeout as sleep } from 'node:timers/promises';
import type { ClaimedDelivery, DeliveryStore, TakenSlots } from '@schoolbell/delivery';

/** Filters answer for many deliveries at once: so long are they gathered for one statement. Milliseconds. */
const GATHER_MS = 2;
const MOST_PER_STATEMENT = 500;
/** Some 100 bytes each. The filter is asked again about what is forgotten. */
const MOST_REMEMBERED = 10_000;

interface Asking {
  claimed: ClaimedDelivery;
  answer: PromiseWithResolvers<boolean>;
}

/**
 * Takes places in the timetables of webhooks with a rate limit, for deliveries that their filters want. One for which
 * there is none now is given back, and remembered, so that its filter is not asked again when it is claimed again.
 */
export class SlotTaker {
  private asking: Asking[] = [];
  private flushing = false;
  /** The versions of their webhooks, by the ids of the deliveries that were given back. */
  private readonly wanted = new Map<string, number>();

  constructor(
    private readonly store: Pick<DeliveryStore, 'takeSlots'>,
    private readonly onPaced: (paced: TakenSlots['paced']) => void,
  ) {}

  /** Its filter was asked before, and wants it. */
  isWanted({ id, webhookVersion }: ClaimedDelivery): boolean {
    return this.wanted.get(id) === webhookVersion;
  }

  /**
   * Resolves at the moment at which the delivery may go; at once, with false, when it was given back.
   *
   * @throws what the store throws; the delivery is still claimed then
   */
  take(claimed: ClaimedDelivery): Promise<boolean> {
    const answer = Promise.withResolvers<boolean>();
    this.asking.push({ claimed, answer });
    if (!this.flushing) {
      this.flushing = true;
      void this.flush();
    }
    return answer.promise;
  }

  private async flush(): Promise<void> {
    await sleep(GATHER_MS);
    while (this.asking.length > 0) await this.takeFor(this.asking.splice(0, MOST_PER_STATEMENT));
    this.flushing = false;
  }

  private async takeFor(asking: readonly Asking[]): Promise<void> {
    try {
      const taken = await this.store.takeSlots(asking.map(({ claimed }) => claimed));
      this.onPaced(taken.paced);
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
