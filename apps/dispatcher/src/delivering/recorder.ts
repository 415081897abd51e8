import { setTimeout as sleep } from 'node:timers/promises';
import type { AttemptRecord, DeliveryStore, RecordReport } from '@schoolbell/delivery';
import type { Logger } from '@schoolbell/logging';
import type { Outage } from './outage.js';

/** Outcomes are gathered so long for one statement. Nobody waits for it, and fewer statements cost less. Milliseconds. */
const GATHER_MS = 8;
const MOST_PER_STATEMENT = 200;
/** A statement that Postgres refuses is tried this often before it is taken apart. */
const TRIES = 2;

export interface RecorderOptions {
  /** True for an error that says that Postgres is away: the same statement is worth another try. */
  isUnavailable: (error: unknown) => boolean;
  onRecorded: (attempts: readonly AttemptRecord[], report: RecordReport) => void;
  /**
   * An attempt that Postgres refuses for good. Its lease will end and the delivery be attempted again, until
   * it has been interrupted too often and is dead.
   */
  onRefused: (attempt: AttemptRecord) => void;
}

/**
 * Writes outcomes, many in one statement, one statement at a time. While Postgres is away they wait here, no
 * more than are in flight.
 */
export class Recorder {
  private pending: AttemptRecord[] = [];
  private flushing = false;
  private abandoned = false;
  private behind: PromiseWithResolvers<void> | undefined;

  constructor(
    private readonly store: Pick<DeliveryStore, 'record'>,
    private readonly outage: Outage,
    private readonly logger: Logger,
    private readonly options: RecorderOptions,
  ) {}

  add(attempt: AttemptRecord): void {
    this.pending.push(attempt);
    if (this.flushing) return;
    this.flushing = true;
    void this.flush();
  }

  /**
   * After Postgres was away: resolves once all that waited is written. Undefined while nothing waits longer
   * than usual.
   */
  get catchingUp(): Promise<void> | undefined {
    return this.behind?.promise;
  }

  /** Stops trying: what Postgres has not taken by now is left to the end of its lease. */
  abandon(): void {
    this.abandoned = true;
  }

  private async flush(): Promise<void> {
    await sleep(GATHER_MS);
    while (this.pending.length > 0 && !this.abandoned) {
      const batch = this.pending.splice(0, MOST_PER_STATEMENT);
      await this.record(batch);
    }
    this.flushing = false;
    this.behind?.resolve();
    this.behind = undefined;
  }

  private async record(batch: readonly AttemptRecord[]): Promise<void> {
    for (let refusals = 0; !this.abandoned;) {
      try {
        const report = await this.store.record(batch);
        this.outage.worked();
        this.options.onRecorded(batch, report);
        return;
      } catch (error) {
        if (this.options.isUnavailable(error)) this.behind ??= Promise.withResolvers();
        else if (++refusals === TRIES) return this.recordApart(batch, error);
        await sleep(this.outage.failed(error));
      }
    }
  }

  /** One of them is refused: finds it by halves, so that it does not hold up the others. */
  private async recordApart(batch: readonly AttemptRecord[], error: unknown): Promise<void> {
    if (batch.length > 1) {
      const half = batch.length >> 1;
      await this.record(batch.slice(0, half));
      await this.record(batch.slice(half));
      return;
    }
    for (const attempt of batch) {
      this.logger.error({ err: error, deliveryId: attempt.claimed.id }, 'attempt.refused');
      this.options.onRefused(attempt);
    }
  }
}
