import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim, ClaimedDelivery, DeliveryStore } from '@schoolbell/delivery';
import { ClaimSize } from './claim-size.js';
import type { ExpectedWork } from './expected-work.js';
import type { InFlight } from '../slots/in-flight.js';
import type { Outage } from '../outages/outage.js';
import { RestingWebhooks } from './resting-webhooks.js';
import type { FreeSlots } from './share-slots.js';
import type { StoreFault } from '../outages/store-fault.js';

/** Slots come free one by one: so long are they gathered for one claim. Milliseconds. */
const GATHER_SLOTS_MS = 2;
/** How soon a webhook without a free slot is asked for tests. Milliseconds. */
const LOOK_FOR_TESTS_MS = 100;
/** After a claim that failed for a reason that does not concern all webhooks. Milliseconds. */
const TRY_SMALLER_MS = 100;
/** How long a webhook rests whose deliveries alone cannot be claimed. Milliseconds. */
const REST_MS = 2000;

export interface ClaimerOptions {
  leaseSeconds: number;
  faultOf: (error: unknown) => StoreFault;
  /**
   * Resolves once outcomes are written that Postgres was away for; undefined while there are none. Their leases
   * may have run out meanwhile: whoever claims before that sends again what has arrived.
   */
  catchingUp: () => Promise<void> | undefined;
  /** Resolves once the deliveries are on their way, not when they are sent; never rejects. */
  onClaimed: (deliveries: ClaimedDelivery[]) => Promise<void>;
  /** Deliveries that could not be claimed died, and operational events about them were stored. */
  onOperationalEvents: () => void;
}

/**
 * Claims due deliveries for whichever webhooks have work and free slots: one statement at a time, for all
 * webhooks that were named meanwhile.
 */
export class Claimer {
  private running = false;
  private lastRun = Promise.resolve();
  private nextRound: PromiseWithResolvers<void> | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private readonly full = new Set<string>();
  private lookingForTests: NodeJS.Timeout | undefined;
  private readonly resting = new RestingWebhooks((webhookId) => this.claimAgainFor(webhookId));
  private readonly collecting = new RestingWebhooks((webhookId) => this.claimAgainFor(webhookId));
  private readonly size = new ClaimSize();
  private stopped = false;

  constructor(
    private readonly store: DeliveryStore,
    private readonly inFlight: InFlight,
    private readonly work: ExpectedWork,
    private readonly outage: Outage,
    private readonly options: ClaimerOptions,
  ) {}

  /** Resolves once what is due, or what fits, is claimed and on its way; never rejects. */
  claimFor(webhookIds: readonly string[]): Promise<void> {
    if (this.stopped) return Promise.resolve();
    const awake = webhookIds.filter((id) => !this.resting.has(id));
    this.work.expect(awake);
    this.lookForTestsOf(
      webhookIds.filter((id) => this.resting.has(id) || !this.work.hasSlotFor(id)),
    );
    this.nextRound ??= Promise.withResolvers();
    const round = this.nextRound.promise;
    this.start();
    return round;
  }

  /** Slots came free: claims again, soon, if somebody waits for one. */
  slotsFreed(): void {
    if (this.gathering || this.stopped) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      this.start();
    }, GATHER_SLOTS_MS);
  }

  /** The rates of these webhooks let nothing more go for so long. */
  rest(paced: Claim['paced']): void {
    if (this.stopped) return;
    for (const { webhookId, againInMs } of paced) {
      this.resting.rest(webhookId, againInMs);
      this.work.expectTestsOnly(webhookId);
    }
  }

  /** No claims from now on; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.gathering);
    clearTimeout(this.lookingForTests);
    this.resting.stop();
    this.collecting.stop();
    await this.lastRun;
  }

  private start(): void {
    if (this.running) return;
    this.running = true;
    this.lastRun = this.claimRoundByRound();
  }

  private async claimRoundByRound(): Promise<void> {
    for (;;) {
      const round = this.nextRound;
      this.nextRound = undefined;
      const catchingUp = this.options.catchingUp();
      if (catchingUp) await catchingUp;
      const goOn = !this.stopped && (await this.claimOnce());
      round?.resolve();
      if (!goOn && !this.nextRound) break;
    }
    this.running = false;
  }

  /** @returns whether another round at once makes sense */
  private async claimOnce(): Promise<boolean> {
    const { leaseSeconds, onClaimed, onOperationalEvents } = this.options;
    let slots: FreeSlots[] = [];
    try {
      if (this.work.hasStrangers) await this.work.meetStrangers();
      const share = this.work.takeClaimable(this.size.mostWebhooks);
      ({ slots } = share);
      if (slots.length === 0) return this.work.hasStrangers;
      const { limit } = share;
      const claim = await this.store.claim({ slots, limit, leaseSeconds });
      this.outage.worked();
      this.size.grow();
      if (claim.operationalEvents) onOperationalEvents();
      this.work.expect(claim.withMore.filter((id) => !this.resting.has(id)));
      this.rest(claim.paced);
      // Others are woken meanwhile: one more delivery may fill the batch.
      for (const { webhookId, againInMs } of claim.collecting ?? [])
        this.collecting.rest(webhookId, againInMs);
      for (const delivery of claim.deliveries) this.inFlight.take(delivery);
      if (claim.deliveries.length > 0) await onClaimed(claim.deliveries);
      return true;
    } catch (error) {
      await this.failed(error, slots);
      return true;
    }
  }

  /** An outage pauses all claims. Any other failure is of some webhooks: smaller claims let the others go on. */
  private async failed(error: unknown, slots: readonly FreeSlots[]): Promise<void> {
    const waitMs = this.outage.failed(error);
    const webhookIds = slots.map(({ webhookId }) => webhookId);
    if (this.options.faultOf(error) === 'outage') {
      this.work.expect(webhookIds);
      return sleep(waitMs);
    }
    if (webhookIds.length === 1) this.resting.rest(webhookIds[0]!, REST_MS);
    else this.work.expect(webhookIds);
    if (webhookIds.length > 1) this.size.shrinkBelow(webhookIds.length);
    await sleep(TRY_SMALLER_MS);
  }

  private claimAgainFor(webhookId: string): void {
    if (this.stopped) return;
    this.work.expect([webhookId]);
    this.start();
  }

  private lookForTestsOf(webhookIds: readonly string[]): void {
    for (const id of webhookIds) this.full.add(id);
    if (this.full.size === 0 || this.lookingForTests) return;
    this.lookingForTests = setTimeout(() => {
      this.lookingForTests = undefined;
      this.work.expectTests(this.full);
      this.full.clear();
      this.start();
    }, LOOK_FOR_TESTS_MS);
  }
}
