import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AttemptRecord,
  ClaimedDelivery,
  DeliveryChanges,
  DeliveryStore,
  RecordReport,
  TurnedAway,
  WakeListener,
  Wakes,
} from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { Attempter } from '../attempting/attempter.js';
import { endedAttempt } from '../attempting/ended-attempt.js';
import { suits, type KnownWebhook } from '../attempting/known-webhook.js';
import { Claimer } from './claimer.js';
import { Discarder } from '../recording/discarder.js';
import type { Doorbell } from '../routines/doorbell.js';
import { ExpectedWork } from './expected-work.js';
import { InFlight, type InFlightLimits } from '../slots/in-flight.js';
import { logAttempt, logCutOff, nameOf } from '../recording/log-attempt.js';
import { Outage } from '../outages/outage.js';
import { Recorder } from '../recording/recorder.js';
import { Sifter } from '../attempting/sifter.js';
import { SlotTaker } from '../attempting/slot-taker.js';
import type { StoreFault } from '../outages/store-fault.js';
import { tellRecorded } from '../recording/tell-recorded.js';
import { WebhookCache } from '../attempting/webhook-cache.js';

export interface PipelineOptions {
  limits: InFlightLimits;
  leaseSeconds: number;
  /** Attempts that one statement records at most. Default 200 */
  mostPerRecord?: number;
  /** What an error of the store means. */
  faultOf: (error: unknown) => StoreFault;
}

export interface PipelineParts {
  store: DeliveryStore;
  attempter: Attempter;
  wakes: Wakes;
  /** Told of webhooks whose dead letters go to their fallback; a pipeline of fallbacks has none. */
  fallbacks?: WakeListener;
  /** Rung when operational events were stored; fallbacks cause none. */
  operationalEvents?: Pick<Doorbell, 'ring'>;
  /** Told of tenants whose deliveries changed. */
  changes?: DeliveryChanges;
  logger: Logger;
  newId: () => string;
  now: () => number;
  random: () => number;
}

const POLL_MS = 10;

/**
 * From due to recorded: woken → claim → prepare → send → judge → record → wake for the retry. Holds no state
 * that Postgres does not have too: a dispatcher that dies loses nothing but the attempts that were in flight,
 * and another takes those over, once it is proven dead or their leases end.
 */
export class DeliveryPipeline implements WakeListener {
  private readonly inFlight: InFlight;
  private readonly claimer: Claimer;
  private readonly webhooks: WebhookCache;
  private readonly recorder: Recorder;
  private readonly sifter: Sifter;
  private draining = false;
  private abandoned = false;

  constructor(
    private readonly parts: PipelineParts,
    options: PipelineOptions,
  ) {
    const { store, logger } = parts;
    this.inFlight = new InFlight(options.limits);
    this.webhooks = new WebhookCache(store);
    this.claimer = new Claimer(
      store,
      this.inFlight,
      new ExpectedWork(this.inFlight, this.webhooks),
      new Outage('claiming', logger),
      {
        leaseSeconds: options.leaseSeconds,
        faultOf: options.faultOf,
        catchingUp: () => this.recorder.catchingUp,
        onClaimed: (claimed) => this.attemptAll(claimed),
        onOperationalEvents: () => parts.operationalEvents?.ring(),
      },
    );
    this.sifter = new Sifter({
      attempter: parts.attempter,
      store,
      inFlight: this.inFlight,
      discarder: new Discarder(store, logger, (done) => this.discarded(done)),
      slots: new SlotTaker(store, (paced) => this.claimer.rest(paced)),
      logger,
      giveBack: (claimed) => this.giveBack([{ claimed, sent: false }]),
      onOver: (claimed) => this.over(claimed),
      isAbandoned: () => this.abandoned,
    });
    this.recorder = new Recorder(store, new Outage('recording', logger), logger, {
      faultOf: options.faultOf,
      leaseSeconds: options.leaseSeconds,
      mostPerStatement: options.mostPerRecord,
      onRecorded: (attempts, report) => this.recorded(attempts, report),
      onSetAside: (attempt) => this.inFlight.setAside(attempt.claimed),
      onRefused: (attempt) => this.inFlight.done(attempt.claimed),
    });
  }

  /** Whether more could be claimed, whosever it is. */
  get hasRoom(): boolean {
    return this.inFlight.hasRoom;
  }

  onWake(webhookIds: readonly string[]): Promise<void> {
    return this.claimer.claimFor(webhookIds);
  }

  /**
   * No new claims; waits for the attempts in flight, and gives back those that have not ended in time.
   *
   * @param graceMs how long to wait
   */
  async drain(graceMs: number): Promise<void> {
    this.draining = true;
    // Not by the clock, which may be put right at any moment.
    const deadline = performance.now() + graceMs;
    await Promise.race([this.claimer.stop(), sleep(graceMs, undefined, { ref: false })]);
    while (this.inFlight.size > 0 && performance.now() < deadline) await sleep(POLL_MS);
    this.abandoned = true;
    this.recorder.abandon();
    await this.giveBack(this.inFlight.unanswered());
  }

  private async attemptAll(deliveries: readonly ClaimedDelivery[]): Promise<void> {
    const claimedAt = performance.now();
    const webhooks = await this.webhooks.webhooksOf(deliveries).catch((error: unknown) => {
      this.parts.logger.warn({ err: error }, 'webhooks.unavailable');
    });
    const orphans: ClaimedDelivery[] = [];
    for (const claimed of deliveries) {
      if (claimed.takenOver) logCutOff(this.parts.logger, claimed, claimed.attemptNumber - 1);
      const webhook = webhooks?.get(claimed.webhookId);
      if (webhook && suits(webhook, claimed)) void this.attempt(claimed, webhook, claimedAt);
      else orphans.push(claimed);
    }
    // Of a webhook that was deleted or changed meanwhile, or Postgres went away.
    await this.giveBack(orphans.map((claimed) => ({ claimed, sent: false })));
  }

  private async attempt(
    whole: ClaimedDelivery,
    webhook: KnownWebhook,
    claimedAt: number,
  ): Promise<void> {
    const waitMs = claimedAt + whole.startInMs - performance.now();
    if (waitMs > 0) await sleep(Math.ceil(waitMs));
    if (this.abandoned) return;
    const sifting = this.sifter.sift(whole, webhook);
    const claimed = sifting instanceof Promise ? await sifting : sifting;
    if (!claimed || this.abandoned) return;
    const made = await this.parts.attempter.attempt(claimed, webhook, () =>
      this.inFlight.sent(claimed),
    );
    if (this.abandoned) return;
    this.inFlight.answered(claimed);
    this.claimer.slotsFreed();
    const { now, random, newId } = this.parts;
    const ended = endedAttempt(made, {
      attemptId: newId(),
      now: now(),
      random: random(),
    });
    logAttempt(this.parts.logger, ended);
    this.recorder.add(ended);
  }

  private recorded(
    attempts: readonly AttemptRecord[],
    { paused, lost, operationalEvents, fallbacksBegun }: RecordReport,
  ): void {
    for (const { claimed } of attempts) this.inFlight.done(claimed);
    this.claimer.slotsFreed();
    this.wakeForRetries(attempts, new Set(lost));
    if (this.parts.changes) tellRecorded(this.parts.changes, attempts, paused);
    if (operationalEvents) this.parts.operationalEvents?.ring();
    if (fallbacksBegun.length > 0) void this.parts.fallbacks?.onWake(fallbacksBegun);
    this.letTheNextGo(attempts);
    for (const { webhookId, reason } of paused) {
      this.parts.logger.warn(
        { webhookId: toTypeId('webhook', webhookId), reason },
        'webhook.paused',
      );
    }
    for (const { claimed } of attempts) {
      if (lost.includes(claimed.id)) this.parts.logger.warn(nameOf(claimed), 'delivery.lease_lost');
    }
  }

  private discarded(turnedAway: readonly TurnedAway[]): void {
    for (const { claimed } of turnedAway) {
      this.over(claimed);
      this.parts.changes?.touched(claimed.event.tenantId);
    }
    this.letTheNextGo(turnedAway);
  }

  private over(claimed: ClaimedDelivery): void {
    this.inFlight.done(claimed);
    this.claimer.slotsFreed();
  }

  /**
   * Of an ordered session the next one has been due all the while, and nobody wakes for it. After a failure too:
   * one that was sent again by hand meanwhile goes before the retry. So are the halves of a batch that is split. A
   * dispatcher that stops leaves it to others.
   */
  private letTheNextGo(
    ended: readonly (Pick<AttemptRecord, 'claimed'> & Partial<AttemptRecord>)[],
  ): void {
    const followed = ended.filter(
      ({ claimed, verdict }) => claimed.ordered || verdict?.kind === 'split',
    );
    if (followed.length === 0) return;
    const webhookIds = [...new Set(followed.map(({ claimed }) => claimed.webhookId))];
    if (this.draining) this.parts.wakes.wake(webhookIds);
    else void this.claimer.claimFor(webhookIds);
  }

  private wakeForRetries(attempts: readonly AttemptRecord[], lost: ReadonlySet<string>): void {
    const wakes = attempts.flatMap(({ claimed, verdict }) =>
      verdict.kind === 'rescheduled' && !lost.has(claimed.id)
        ? [{ webhookId: claimed.webhookId, delaySeconds: verdict.delaySeconds }]
        : [],
    );
    if (wakes.length > 0) this.parts.wakes.wakeLater(wakes);
  }

  private async giveBack(
    claims: readonly { claimed: ClaimedDelivery; sent: boolean }[],
  ): Promise<void> {
    if (claims.length === 0) return;
    try {
      await this.parts.store.release(claims);
      for (const { claimed, sent } of claims) {
        if (sent) logCutOff(this.parts.logger, claimed, claimed.attemptNumber);
      }
    } catch (error) {
      // Then their leases end by themselves.
      this.parts.logger.warn({ err: error, claims: claims.length }, 'release.failed');
    }
    for (const { claimed } of claims) this.inFlight.done(claimed);
  }
}
