import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptRecord, DeliveryStore, RecordReport } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { Outage } from '../outages/outage.js';
import type { FollowUp } from './follow-up.js';
import { SetAside } from './set-aside.js';
import type { StoreFault } from '../outages/store-fault.js';

/**
 * How long outcomes are gathered for one statement, in milliseconds: they are seldom urgent, and fewer statements cost
 * less. Many outcomes, or an urgent one, go after the shorter time.
 */
const GATHER_MS = { few: 32, many: 8 };
const MANY = 32;
const MOST_PER_STATEMENT = 200;
/** Bodies made by templates are stored with their attempts, up to a megabyte each: few of these go in one statement. */
const MOST_CHARACTERS = 4 * 1024 * 1024;
/**
 * Whoever has locked the row of a webhook, such as another dispatcher that records, is usually done after this time.
 */
const RECORD_AGAIN_MS = 50;
/** A lock that is still there after this many tries is a long one. */
const MOST_TIMES_LOCKED = 20;

interface RecorderParts {
  store: Pick<DeliveryStore, 'record' | 'extendLeases'>;
  /** Told what was written, and what cannot be. */
  followUp: Pick<FollowUp, 'recorded' | 'setAside' | 'refused'>;
  outage: Outage;
  logger: Logger;
}

interface RecorderOptions {
  faultOf: (error: unknown) => StoreFault;
  /** How long an extended lease lasts from now, in seconds. */
  leaseSeconds: number;
  /** Default 200. */
  mostPerStatement?: number | undefined;
  /** Default 32 and 8. */
  gatherMs?: { few: number; many: number };
}

/**
 * Writes outcomes, many in one statement, one statement at a time. What was sent is not given up while this process
 * lives: during an outage outcomes wait here, and a statement that takes too long is halved until the attempt that
 * holds it up is alone and is set aside. No more outcomes wait than deliveries are in flight.
 */
export class Recorder {
  private pending: AttemptRecord[] = [];
  private flushing = false;
  private abandoned = false;
  private behind: PromiseWithResolvers<void> | undefined;
  /** Resolves when there is a reason to stop gathering; defined while few are gathered. */
  private enough: PromiseWithResolvers<void> | undefined;
  private readonly aside: SetAside;
  private readonly gatherMs: { few: number; many: number };
  private readonly timesLocked = new WeakMap<AttemptRecord, number>();

  constructor(
    private readonly parts: RecorderParts,
    private readonly options: RecorderOptions,
  ) {
    const { store, followUp, logger } = parts;
    this.gatherMs = options.gatherMs ?? GATHER_MS;
    this.aside = new SetAside(store, logger, {
      leaseSeconds: options.leaseSeconds,
      onRecorded: (attempts, report) => followUp.recorded(attempts, report),
      isHopeless: (error) => isHopeless(options.faultOf(error)),
      onHopeless: (attempt, error) => this.refuse(attempt, error),
    });
  }

  add(attempt: AttemptRecord): void {
    this.pending.push(attempt);
    if (this.isUrgent) this.enough?.resolve();
    if (this.flushing) return;
    this.flushing = true;
    void this.flush();
  }

  /**
   * After an outage of Postgres: resolves once all that waited is written. Undefined while nothing waits longer than
   * usual. An outcome that is set aside does not count: its lease is extended instead.
   */
  get catchingUp(): Promise<void> | undefined {
    return this.behind?.promise;
  }

  /** Stops trying: what Postgres has not taken by now is left until its lease ends. */
  abandon(): void {
    this.abandoned = true;
    this.aside.abandon();
  }

  private async flush(): Promise<void> {
    await sleep(this.gatherMs.many);
    while (this.pending.length > 0 && !this.abandoned) {
      if (!this.isUrgent) await this.gatherMore();
      await this.record(this.takeSome());
    }
    this.flushing = false;
    this.behind?.resolve();
    this.behind = undefined;
  }

  private async gatherMore(): Promise<void> {
    this.enough = Promise.withResolvers();
    await Promise.race([this.enough.promise, sleep(this.gatherMs.few - this.gatherMs.many)]);
    this.enough = undefined;
  }

  private get isUrgent(): boolean {
    return this.pending.length >= MANY || this.pending.some(isAwaited);
  }

  private takeSome(): AttemptRecord[] {
    const most = Math.min(this.options.mostPerStatement ?? MOST_PER_STATEMENT, this.pending.length);
    let count = 0;
    for (let characters = 0; count < most && characters < MOST_CHARACTERS; count++) {
      characters += this.pending[count]!.renderedWith?.length ?? 0;
    }
    return this.pending.splice(0, count);
  }

  private async record(batch: readonly AttemptRecord[]): Promise<void> {
    while (!this.abandoned) {
      try {
        const report = await this.parts.store.record(batch);
        this.parts.outage.worked();
        return this.recorded(batch, report);
      } catch (error) {
        const fault = this.options.faultOf(error);
        if (fault !== 'outage') return this.recordApart(batch, error, fault);
        this.behind ??= Promise.withResolvers();
        await sleep(this.parts.outage.failed(error));
      }
    }
  }

  private recorded(batch: readonly AttemptRecord[], report: RecordReport): void {
    const locked = new Set(report.setAside);
    const isLocked = ({ claimed }: AttemptRecord): boolean => locked.has(claimed.id);
    const recorded = locked.size === 0 ? batch : batch.filter((attempt) => !isLocked(attempt));
    this.parts.followUp.recorded(recorded, report);
    if (locked.size > 0) this.recordAgain(batch.filter(isLocked));
  }

  private recordAgain(locked: readonly AttemptRecord[]): void {
    const soon = locked.filter((attempt) => {
      const times = (this.timesLocked.get(attempt) ?? 0) + 1;
      this.timesLocked.set(attempt, times);
      return times < MOST_TIMES_LOCKED;
    });
    for (const attempt of locked) if (!soon.includes(attempt)) this.setAside(attempt);
    if (soon.length === 0) return;
    setTimeout(() => {
      for (const attempt of soon) this.add(attempt);
    }, RECORD_AGAIN_MS);
  }

  /** Some of them make the statement fail: finds these by halving, so that they do not hold up the others. */
  private async recordApart(
    batch: readonly AttemptRecord[],
    error: unknown,
    fault: StoreFault,
  ): Promise<void> {
    if (batch.length > 1) {
      if (fault === 'too_much') await this.extendLeases([...batch, ...this.pending]);
      const half = batch.length >> 1;
      await this.record(batch.slice(0, half));
      await this.record(batch.slice(half));
      return;
    }
    for (const attempt of batch) {
      if (isHopeless(fault)) this.refuse(attempt, error);
      else this.setAside(attempt);
    }
  }

  /** Recording may outlast their leases, and whoever took them over would send again what has arrived. */
  private async extendLeases(attempts: readonly AttemptRecord[]): Promise<void> {
    const claims = attempts.map(({ claimed }) => claimed);
    await this.parts.store
      .extendLeases(claims, this.options.leaseSeconds)
      .catch((error: unknown) => {
        this.parts.logger.warn({ err: error, claims: claims.length }, 'leases.not_extended');
      });
  }

  private setAside(attempt: AttemptRecord): void {
    this.parts.followUp.setAside(attempt);
    this.aside.add(attempt);
  }

  private refuse(attempt: AttemptRecord, error: unknown): void {
    this.parts.logger.error({ err: error, deliveryId: attempt.claimed.id }, 'attempt.refused');
    this.parts.followUp.refused(attempt);
  }
}

/** Somebody waits for it: others of its session, the rest of its batch, or a person. */
function isAwaited({ claimed }: AttemptRecord): boolean {
  return claimed.ordered || claimed.test || claimed.trigger === 'manual' || !!claimed.members;
}

/** Whether repeating cannot help the only attempt of the statement. */
function isHopeless(fault: StoreFault): boolean {
  return fault === 'row' || fault === 'bug';
}
