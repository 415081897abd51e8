import type { ClaimedDelivery, DeliveryStore, DiscardReason } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { Attempter } from './attempter.js';
import type { KnownWebhook } from './known-webhook.js';
import { siftBatch } from './sift-batch.js';
import type { Discarder } from '../recording/discarder.js';
import type { InFlight } from '../slots/in-flight.js';
import { nameOf } from '../recording/log-attempt.js';
import type { SlotTaker } from './slot-taker.js';

export interface SifterParts {
  attempter: Pick<Attempter, 'turnsAway'>;
  store: Pick<DeliveryStore, 'discard'>;
  inFlight: InFlight;
  discarder: Discarder;
  slots: SlotTaker;
  logger: Logger;
  giveBack: (claimed: ClaimedDelivery) => Promise<void>;
  /** Nothing of it is left to be sent, or it was given back. */
  onOver: (claimed: ClaimedDelivery) => void;
  /** What this dispatcher had claimed was given back already, as it stops. */
  isAbandoned: () => boolean;
}

/**
 * Finds out what of a claimed delivery is to be sent: nothing when its webhook turns it away, or has no slot for it
 * now; of a batch, what its webhook wants.
 *
 * Most deliveries only have to be sent, and wait for nothing else: these come back without a promise.
 */
export class Sifter {
  constructor(private readonly parts: SifterParts) {}

  sift(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): ClaimedDelivery | Promise<ClaimedDelivery | undefined> {
    if (!claimed.awaitsSlot) return this.wanted(claimed, webhook);
    return this.wantedAtItsSlot(claimed, webhook);
  }

  /** The filter is asked first: what it turns away takes no slot. */
  private async wantedAtItsSlot(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): Promise<ClaimedDelivery | undefined> {
    const { slots, logger, giveBack, onOver } = this.parts;
    const left = slots.isWanted(claimed) ? claimed : await this.wanted(claimed, webhook);
    if (!left) return undefined;
    try {
      if (await slots.take(left)) return left;
      onOver(left);
    } catch (error) {
      logger.warn({ err: error, ...nameOf(left) }, 'slot.unavailable');
      await giveBack(left);
    }
    return undefined;
  }

  private wanted(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): ClaimedDelivery | Promise<ClaimedDelivery | undefined> {
    if (claimed.members) return this.leftOfBatch(claimed, claimed.members, webhook);
    const reason = this.parts.attempter.turnsAway(claimed, webhook);
    return reason === undefined ? claimed : this.unlessTurnedAway(claimed, reason);
  }

  private async unlessTurnedAway(
    claimed: ClaimedDelivery,
    asking: DiscardReason | Promise<DiscardReason | undefined>,
  ): Promise<ClaimedDelivery | undefined> {
    const { discarder, logger, giveBack, isAbandoned } = this.parts;
    try {
      const reason = await asking;
      if (reason === undefined) return claimed;
      if (!isAbandoned()) discarder.add({ claimed, reason });
    } catch (error) {
      logger.warn({ err: error, ...nameOf(claimed) }, 'filter.unavailable');
      await giveBack(claimed);
    }
    return undefined;
  }

  private async leftOfBatch(
    claimed: ClaimedDelivery,
    members: NonNullable<ClaimedDelivery['members']>,
    webhook: KnownWebhook,
  ): Promise<ClaimedDelivery | undefined> {
    const { attempter, store, inFlight, logger, giveBack, onOver } = this.parts;
    const turnsAway = (delivery: ClaimedDelivery) => attempter.turnsAway(delivery, webhook);
    try {
      const left = await siftBatch(claimed, members, turnsAway, store);
      if (left) inFlight.replace(claimed, left);
      else onOver(claimed);
      return left;
    } catch (error) {
      logger.warn({ err: error }, 'discard.failed');
      await giveBack(claimed);
      return undefined;
    }
  }
}
