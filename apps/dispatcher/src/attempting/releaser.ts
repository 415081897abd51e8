import type { ClaimedDelivery, DeliveryStore } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import { logCutOff } from '../recording/log-attempt.js';
import type { InFlight } from '../slots/in-flight.js';

/** Gives claimed deliveries back: they are due at once, for whichever dispatcher claims them first. */
export class Releaser {
  constructor(
    private readonly store: Pick<DeliveryStore, 'release'>,
    private readonly inFlight: Pick<InFlight, 'givenUp'>,
    private readonly logger: Logger,
  ) {}

  /** Never rejects. If it fails, the leases end by themselves. */
  async giveBack(claims: readonly { claimed: ClaimedDelivery; sent: boolean }[]): Promise<void> {
    if (claims.length === 0) return;
    try {
      await this.store.release(claims);
      for (const { claimed, sent } of claims) {
        if (sent) logCutOff(this.logger, claimed, claimed.attemptNumber);
      }
    } catch (error) {
      this.logger.warn({ err: error, claims: claims.length }, 'release.failed');
    }
    for (const { claimed } of claims) this.inFlight.givenUp(claimed);
  }
}
