import type { Pool, QueryResultRow } from 'pg';
import { databaseFaultOf, isServerOutage } from '../database/database-fault.js';
import { runPrepared, type PreparedStatement } from '../database/run-prepared.js';

/** Dispatchers that return from the same outage begin one epoch, not one each. Seconds. */
const SAME_OUTAGE = 1;
/** After this long without a connection, outcomes that wait elsewhere may have outlasted their leases. */
const LONG_OUTAGE_MS = 5_000;

/**
 * `$1` true to begin a new epoch although Postgres did not restart, because an outage has ended. Without it, one
 * begins only when Postgres was started or promoted, or has recovered from a crash.
 *
 * It fails while Postgres is read-only, also when there is nothing to write.
 */
export const BEGIN_EPOCH = `
INSERT INTO service_epoch AS e (id, postgres_started_at, began_at)
SELECT true, pg_postmaster_start_time(), now()
WHERE NOT EXISTS (
  SELECT FROM service_epoch s
  WHERE s.postgres_started_at = pg_postmaster_start_time()
    AND (NOT $1 OR s.began_at BETWEEN now() - interval '${SAME_OUTAGE} seconds' AND now()))
ON CONFLICT (id) DO UPDATE
SET postgres_started_at = excluded.postgres_started_at, began_at = excluded.began_at`;

/**
 * Since when Postgres has worked without an outage that any dispatcher knows of: a row in a table that a crash or a
 * promotion empties. For the first seconds of an epoch no ended lease from before it is taken over. docs/adr/0008
 * says why.
 */
export class ServiceEpoch {
  private outage: { since: number; ofServer: boolean } | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Runs a statement of the dispatcher, and remembers the outage that made it fail. */
  async run<Row extends QueryResultRow>(statement: PreparedStatement): Promise<Row[]> {
    try {
      return await runPrepared<Row>(this.pool, statement);
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }

  /** For every sweep: notices a start of Postgres, and an outage during which nothing was claimed. */
  async notice(): Promise<void> {
    await this.begin(this.outageCounts);
  }

  /** For every claim: after an outage, begins a new epoch first. */
  async afterOutage(): Promise<void> {
    if (this.outageCounts) await this.begin(true);
    this.outage = undefined;
  }

  /**
   * For every record that failed: if Postgres takes no outcomes but does take this, then no other dispatcher takes
   * over what cannot be recorded.
   */
  async recordFailed(error: unknown): Promise<void> {
    this.failed(error);
    if (this.outage?.ofServer) await this.begin(true).catch(() => undefined);
  }

  private failed(error: unknown): void {
    if (databaseFaultOf(error) !== 'outage') return;
    const { since = this.now(), ofServer = false } = this.outage ?? {};
    this.outage = { since, ofServer: ofServer || isServerOutage(error) };
  }

  /** A short loss of the connection may be this process's own trouble, and must not hold up the others. */
  private get outageCounts(): boolean {
    if (!this.outage) return false;
    return this.outage.ofServer || this.now() - this.outage.since >= LONG_OUTAGE_MS;
  }

  private async begin(afterOutage: boolean): Promise<void> {
    try {
      await runPrepared(this.pool, {
        name: 'begin_epoch',
        text: BEGIN_EPOCH,
        values: [afterOutage],
      });
      this.outage = undefined;
    } catch (error) {
      this.failed(error);
      throw error;
    }
  }
}
