import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryStore } from '@schoolbell/delivery';
import type { Attempter } from '../attempting/attempter.js';
import type { Outage } from '../outages/outage.js';
import type { StoreFault } from '../outages/store-fault.js';
import type { Recorder } from '../recording/recorder.js';
import type { InFlight } from '../slots/in-flight.js';
import type { ClaimSchedule } from './claim-schedule.js';
import { ClaimSize } from './claim-size.js';
import type { ExpectedWork } from './expected-work.js';
import type { FreeSlots } from './share-slots.js';

/** How long to wait after a claim that failed for a reason that does not concern all webhooks. Milliseconds. */
const TRY_SMALLER_MS = 100;
/** How long a webhook rests whose deliveries alone cannot be claimed. Milliseconds. */
const REST_MS = 2000;

interface ClaimerParts {
  store: Pick<DeliveryStore, 'claim'>;
  work: ExpectedWork;
  schedule: ClaimSchedule;
  inFlight: Pick<InFlight, 'take'>;
  /** Gets what is claimed. */
  attempter: Pick<Attempter, 'attemptAll'>;
  /**
   * Nothing is claimed while outcomes wait for Postgres to come back. Their leases may have ended meanwhile: whoever
   * claims before they are written sends again what has already arrived.
   */
  recorder: Pick<Recorder, 'catchingUp'>;
  /** Rung when deliveries died that could not be claimed, and operational events about them were stored. */
  operationalEvents?: { ring(): void } | undefined;
  outage: Outage;
}

interface ClaimerOptions {
  leaseSeconds: number;
  faultOf: (error: unknown) => StoreFault;
}

/**
 * Claims due deliveries for the webhooks that have work and free slots: one statement at a time, for all webhooks
 * announced meanwhile.
 */
export class Claimer {
  private running = false;
  /** Another claim became worthwhile since the present round began. */
  private again = false;
  private lastRun = Promise.resolve();
  private nextRound: PromiseWithResolvers<void> | undefined;
  private readonly size = new ClaimSize();

  constructor(
    private readonly parts: ClaimerParts,
    private readonly options: ClaimerOptions,
  ) {
    parts.schedule.whenTimeToClaim(() => this.start());
  }

  /** Resolves once what is due, or what fits, is claimed and on its way; never rejects. */
  claimFor(webhookIds: readonly string[]): Promise<void> {
    const { schedule } = this.parts;
    if (schedule.stopped) return Promise.resolve();
    this.nextRound ??= Promise.withResolvers();
    const round = this.nextRound.promise;
    schedule.claimFor(webhookIds);
    return round;
  }

  /** Stops claiming; resolves when the claim under way has ended. */
  async stop(): Promise<void> {
    this.parts.schedule.stop();
    await this.lastRun;
  }

  private start(): void {
    this.again = true;
    if (this.running) return;
    this.running = true;
    this.lastRun = this.claimRoundByRound();
  }

  private async claimRoundByRound(): Promise<void> {
    for (;;) {
      const round = this.nextRound;
      this.nextRound = undefined;
      this.again = false;
      const { catchingUp } = this.parts.recorder;
      if (catchingUp) await catchingUp;
      const goOn = !this.parts.schedule.stopped && (await this.claimOnce());
      round?.resolve();
      if (!goOn && !this.again) break;
    }
    this.running = false;
  }

  /** @returns whether another round makes sense at once */
  private async claimOnce(): Promise<boolean> {
    const { store, work, schedule, inFlight, attempter, operationalEvents, outage } = this.parts;
    let slots: FreeSlots[] = [];
    try {
      if (work.hasUnknownTenants) await work.readTenants();
      const share = work.takeClaimable(this.size.mostWebhooks);
      ({ slots } = share);
      if (slots.length === 0) return work.hasUnknownTenants;
      const { limit } = share;
      const claim = await store.claim({ slots, limit, leaseSeconds: this.options.leaseSeconds });
      outage.worked();
      this.size.grow();
      if (claim.operationalEvents) operationalEvents?.ring();
      schedule.takeUp(claim);
      for (const delivery of claim.deliveries) inFlight.take(delivery);
      if (claim.deliveries.length > 0) await attempter.attemptAll(claim.deliveries);
      return true;
    } catch (error) {
      await this.failed(error, slots);
      return true;
    }
  }

  /** An outage pauses all claims. Any other failure concerns some webhooks: smaller claims let the others go on. */
  private async failed(error: unknown, slots: readonly FreeSlots[]): Promise<void> {
    const { work, schedule, outage } = this.parts;
    const waitMs = outage.failed(error);
    const webhookIds = slots.map(({ webhookId }) => webhookId);
    if (this.options.faultOf(error) === 'outage') {
      work.expect(webhookIds);
      return sleep(waitMs);
    }
    if (webhookIds.length === 1) schedule.rest(webhookIds[0]!, REST_MS);
    else work.expect(webhookIds);
    if (webhookIds.length > 1) this.size.shrinkBelow(webhookIds.length);
    await sleep(TRY_SMALLER_MS);
  }
}
