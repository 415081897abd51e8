import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryChanges, DeliveryStore, WakeListener, Wakes } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { AttemptTools } from '../attempting/attempt-tools.js';
import { Attempter } from '../attempting/attempter.js';
import { Releaser } from '../attempting/releaser.js';
import { Sifter } from '../attempting/sifting/sifter.js';
import { SlotTaker } from '../attempting/sifting/slot-taker.js';
import { WebhookCache } from '../attempting/webhook-cache.js';
import { Outage } from '../outages/outage.js';
import type { StoreFault } from '../outages/store-fault.js';
import { Discarder } from '../recording/discarder.js';
import { FollowUp } from '../recording/follow-up.js';
import { Recorder } from '../recording/recorder.js';
import { InFlight, type InFlightLimits } from '../slots/in-flight.js';
import { ClaimSchedule } from './claim-schedule.js';
import { Claimer } from './claimer.js';
import { ExpectedWork } from './expected-work.js';

export interface PipelineOptions {
  limits: InFlightLimits;
  leaseSeconds: number;
  /** Attempts that one statement records at most. Default 200 */
  mostPerRecord?: number;
  /** Says what an error of the store means. */
  faultOf: (error: unknown) => StoreFault;
}

interface PipelineParts {
  store: DeliveryStore;
  tools: AttemptTools;
  wakes: Wakes;
  /** Told about webhooks whose dead letters go to their fallback; the pipeline of fallbacks has none. */
  fallbacks?: WakeListener;
  /** Rung when operational events were stored; fallbacks cause none. */
  operationalEvents?: { ring(): void };
  /** Told about tenants whose deliveries changed. */
  changes?: DeliveryChanges;
  logger: Logger;
  newId: () => string;
  now: () => number;
  random: () => number;
}

const POLL_MS = 10;

/**
 * From due to recorded: {@link Claimer} → {@link Attempter} → {@link Recorder} → {@link FollowUp}. Each passes on
 * to the next, and none calls the one before it: whatever makes another claim worthwhile is reported to {@link
 * ClaimSchedule}.
 *
 * All its state is in Postgres too: a dispatcher that dies loses only the attempts in flight, and another takes them
 * over, once the death is proven or their leases end.
 */
export class DeliveryPipeline implements WakeListener {
  private readonly inFlight: InFlight;
  private readonly releaser: Releaser;
  private readonly recorder: Recorder;
  private readonly attempter: Attempter;
  private readonly claimer: Claimer;
  private readonly schedule: ClaimSchedule;

  constructor(parts: PipelineParts, options: PipelineOptions) {
    const { store, tools, logger, operationalEvents, newId, now, random } = parts;
    const { leaseSeconds, faultOf, mostPerRecord } = options;
    const inFlight = new InFlight(options.limits);
    const webhooks = new WebhookCache(store);
    const work = new ExpectedWork(inFlight, webhooks);
    const schedule = new ClaimSchedule(inFlight, work);
    const followUp = new FollowUp({ ...parts, inFlight, nextClaim: schedule });
    const releaser = new Releaser(store, inFlight, logger);

    const recorder = new Recorder(
      { store, followUp, outage: new Outage('recording', logger), logger },
      { leaseSeconds, faultOf, mostPerStatement: mostPerRecord },
    );
    const sifter = new Sifter({
      filter: tools.filter,
      store,
      inFlight,
      discarder: new Discarder(store, followUp, logger),
      slots: new SlotTaker(store, schedule),
      releaser,
      logger,
    });
    const means = { ...tools, logger, newId, now, random };
    const attempter = new Attempter({ ...means, webhooks, sifter, releaser, inFlight, recorder });
    const outage = new Outage('claiming', logger);
    this.claimer = new Claimer(
      { store, work, schedule, inFlight, attempter, recorder, operationalEvents, outage },
      { leaseSeconds, faultOf },
    );
    this.inFlight = inFlight;
    this.schedule = schedule;
    this.releaser = releaser;
    this.recorder = recorder;
    this.attempter = attempter;
  }

  /** Whether more could be claimed, for any webhook. */
  get hasRoom(): boolean {
    return this.inFlight.hasRoom;
  }

  /** Whether a delivery of this webhook that is due now could be claimed now. */
  couldTake(webhookId: string): boolean {
    const { inFlight } = this;
    return (
      inFlight.hasRoom && inFlight.freeFor(webhookId) > 0 && !this.schedule.isResting(webhookId)
    );
  }

  /** How many deliveries this dispatcher has leased for it, and how many fit. */
  get slots(): { taken: number; total: number } {
    return { taken: this.inFlight.size, total: this.inFlight.total };
  }

  onWake(webhookIds: readonly string[]): Promise<void> {
    return this.claimer.claimFor(webhookIds);
  }

  /**
   * Stops claiming, waits for the attempts in flight, and gives back those that have not ended in time.
   *
   * @param graceMs how long to wait
   */
  async drain(graceMs: number): Promise<void> {
    // Not by the wall clock, which may be set at any moment.
    const deadline = performance.now() + graceMs;
    await Promise.race([this.claimer.stop(), sleep(graceMs, undefined, { ref: false })]);
    while (this.inFlight.size > 0 && performance.now() < deadline) await sleep(POLL_MS);
    this.attempter.abandon();
    this.recorder.abandon();
    await this.releaser.giveBack(this.inFlight.unanswered());
  }
}
