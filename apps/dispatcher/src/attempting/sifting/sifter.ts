import type { ClaimedDelivery, DeliveryStore, DiscardReason } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { EventFilter } from '../../expressions/event-filter.js';
import type { Discarder } from '../../recording/discarder.js';
import { nameOf } from '../../recording/log-attempt.js';
import type { InFlight } from '../../slots/in-flight.js';
import type { KnownWebhook } from '../known-webhook.js';
import { reasonToTurnAway } from './reason-to-turn-away.js';
import type { Releaser } from '../releaser.js';
import { siftBatch } from './sift-batch.js';
import type { SlotTaker } from './slot-taker.js';

interface SifterParts {
  filter: Pick<EventFilter, 'wants'>;
  store: Pick<DeliveryStore, 'discard'>;
  inFlight: Pick<InFlight, 'replace' | 'done'>;
  discarder: Pick<Discarder, 'add'>;
  slots: SlotTaker;
  releaser: Pick<Releaser, 'giveBack'>;
  logger: Logger;
}

/**
 * Decides what to send of a claimed delivery: nothing if its webhook turns it away, or has no slot for it now; of a
 * batch, what its webhook wants.
 *
 * Most deliveries only have to be sent and wait for nothing else: they come back without a promise.
 */
export class Sifter {
  private abandoned = false;

  constructor(private readonly parts: SifterParts) {}

  /** Call it when this dispatcher stops and gives back what it claimed: nothing is discarded any more. */
  abandon(): void {
    this.abandoned = true;
  }

  sift(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): ClaimedDelivery | Promise<ClaimedDelivery | undefined> {
    if (!claimed.awaitsSlot) return this.wanted(claimed, webhook);
    return this.wantedAtItsSlot(claimed, webhook);
  }

  /** The filter is asked first, so that what it turns away takes no slot. */
  private async wantedAtItsSlot(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): Promise<ClaimedDelivery | undefined> {
    const { slots, inFlight, logger } = this.parts;
    const left = slots.isWanted(claimed) ? claimed : await this.wanted(claimed, webhook);
    if (!left) return undefined;
    try {
      if (await slots.take(left)) return left;
      inFlight.done(left);
    } catch (error) {
      logger.warn({ err: error, ...nameOf(left) }, 'slot.unavailable');
      await this.giveBack(left);
    }
    return undefined;
  }

  private wanted(
    claimed: ClaimedDelivery,
    webhook: KnownWebhook,
  ): ClaimedDelivery | Promise<ClaimedDelivery | undefined> {
    if (claimed.members) return this.leftOfBatch(claimed, claimed.members, webhook);
    const reason = this.turnsAway(claimed, webhook);
    return reason === undefined ? claimed : this.unlessTurnedAway(claimed, reason);
  }

  private async unlessTurnedAway(
    claimed: ClaimedDelivery,
    asking: DiscardReason | Promise<DiscardReason | undefined>,
  ): Promise<ClaimedDelivery | undefined> {
    const { discarder, logger } = this.parts;
    try {
      const reason = await asking;
      if (reason === undefined) return claimed;
      if (!this.abandoned) discarder.add({ claimed, reason });
    } catch (error) {
      logger.warn({ err: error, ...nameOf(claimed) }, 'filter.unavailable');
      await this.giveBack(claimed);
    }
    return undefined;
  }

  private async leftOfBatch(
    claimed: ClaimedDelivery,
    members: NonNullable<ClaimedDelivery['members']>,
    webhook: KnownWebhook,
  ): Promise<ClaimedDelivery | undefined> {
    const { store, inFlight, logger } = this.parts;
    const turnsAway = (delivery: ClaimedDelivery) => this.turnsAway(delivery, webhook);
    try {
      const left = await siftBatch(claimed, members, turnsAway, store);
      if (left) inFlight.replace(claimed, left);
      else inFlight.done(claimed);
      return left;
    } catch (error) {
      logger.warn({ err: error }, 'discard.failed');
      await this.giveBack(claimed);
      return undefined;
    }
  }

  private turnsAway(
    claimed: ClaimedDelivery,
    known: KnownWebhook,
  ): DiscardReason | undefined | Promise<DiscardReason | undefined> {
    if (known.kind === 'unreadable') return undefined;
    return reasonToTurnAway(known.webhook, claimed, this.parts.filter);
  }

  private giveBack(claimed: ClaimedDelivery): Promise<void> {
    return this.parts.releaser.giveBack([{ claimed, sent: false }]);
  }
}
