import type {
  AttemptRecord,
  ClaimedDelivery,
  DeliveryChanges,
  RecordReport,
  TurnedAway,
  WakeListener,
  Wakes,
} from '@schoolbell/delivery';
import { timeOfUuidV7, toTypeId } from '@schoolbell/ids';
import type { Logger } from '@schoolbell/logging';
import type { InFlight } from '../slots/in-flight.js';
import { nameOf } from './log-attempt.js';

/** Makes the next claim for webhooks that have more due. */
interface NextClaim {
  /** No claim follows any more: this dispatcher stops. */
  readonly stopped: boolean;
  claimFor(webhookIds: readonly string[]): void;
}

interface FollowUpParts {
  inFlight: Pick<InFlight, 'done' | 'setAside' | 'givenUp'>;
  nextClaim: NextClaim;
  wakes: Wakes;
  /** Told about webhooks whose dead letters go to their fallback; the pipeline of fallbacks has none. */
  fallbacks?: WakeListener;
  /** Rung when operational events were stored; fallbacks cause none. */
  operationalEvents?: { ring(): void };
  /** Told about tenants whose deliveries changed. */
  changes?: DeliveryChanges;
  logger: Logger;
}

/** A delivery that is over for now: recorded, with its verdict, or discarded. */
type Ended = Pick<AttemptRecord, 'claimed'> & Partial<Pick<AttemptRecord, 'verdict'>>;

/** Does what follows once outcomes are written, or cannot be. */
export class FollowUp {
  constructor(private readonly parts: FollowUpParts) {}

  /** Attempts are recorded: slots come free, retries get their wakes, and what became due is claimed. */
  recorded(attempts: readonly AttemptRecord[], report: RecordReport): void {
    for (const { claimed } of attempts) this.parts.inFlight.done(claimed);
    this.planRetries(attempts, new Set(report.lost));
    this.tellWatchers(attempts, report.paused);
    if (report.operationalEvents) this.parts.operationalEvents?.ring();
    if (report.fallbacksBegun.length > 0) void this.parts.fallbacks?.onWake(report.fallbacksBegun);
    this.claimTheNext(attempts);
    this.logPaused(report.paused);
    this.logLost(attempts, report.lost);
  }

  /** Deliveries ended without an attempt, even if this could not be written. */
  discarded(turnedAway: readonly TurnedAway[]): void {
    for (const { claimed } of turnedAway) {
      this.parts.inFlight.done(claimed);
      this.parts.changes?.touched(claimed.event.tenantId);
    }
    this.claimTheNext(turnedAway);
  }

  /** An attempt cannot be recorded now, and is tried again apart from the others. */
  setAside({ claimed }: AttemptRecord): void {
    this.parts.inFlight.setAside(claimed);
  }

  /**
   * Postgres refuses an attempt for good. Its lease will end and the delivery will be attempted again, until it has
   * been interrupted too often and is dead.
   */
  refused({ claimed }: AttemptRecord): void {
    this.parts.inFlight.givenUp(claimed);
  }

  private planRetries(attempts: readonly AttemptRecord[], lost: ReadonlySet<string>): void {
    const wakes = attempts.flatMap(({ claimed, verdict }) =>
      verdict.kind === 'rescheduled' && !lost.has(claimed.id)
        ? [{ webhookId: claimed.webhookId, delaySeconds: verdict.delaySeconds }]
        : [],
    );
    if (wakes.length > 0) this.parts.wakes.wakeLater(wakes);
  }

  /** The tenants whose deliveries have new attempts, and whose webhooks were paused by them. */
  private tellWatchers(attempts: readonly AttemptRecord[], paused: RecordReport['paused']): void {
    const { changes } = this.parts;
    if (!changes) return;
    for (const { claimed, attemptId } of attempts) {
      const { tenantId } = claimed.event;
      changes.attempted(tenantId, timeOfUuidV7(attemptId));
      if (paused.some(({ webhookId }) => webhookId === claimed.webhookId)) {
        changes.touched(tenantId);
      }
    }
  }

  /**
   * The session's next delivery is already due, but no wake will come: claim it now. After a failure too, since a
   * delivery that was retried by hand meanwhile goes before the retry. The halves of a split batch are due as well. A
   * dispatcher that stops leaves them to others.
   */
  private claimTheNext(ended: readonly Ended[]): void {
    const followed = ended.filter(({ claimed, verdict }) => isFollowed(claimed, verdict));
    if (followed.length === 0) return;
    const webhookIds = [...new Set(followed.map(({ claimed }) => claimed.webhookId))];
    if (this.parts.nextClaim.stopped) this.parts.wakes.wake(webhookIds);
    else this.parts.nextClaim.claimFor(webhookIds);
  }

  private logPaused(paused: RecordReport['paused']): void {
    for (const { webhookId, reason } of paused) {
      const line = { webhookId: toTypeId('webhook', webhookId), reason };
      this.parts.logger.warn(line, 'webhook.paused');
    }
  }

  private logLost(attempts: readonly AttemptRecord[], lost: readonly string[]): void {
    for (const { claimed } of attempts) {
      if (lost.includes(claimed.id)) this.parts.logger.warn(nameOf(claimed), 'delivery.lease_lost');
    }
  }
}

function isFollowed({ ordered }: ClaimedDelivery, verdict: Ended['verdict']): boolean {
  return ordered || verdict?.kind === 'split';
}
