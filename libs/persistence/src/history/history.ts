import { COMPLETION_DAYS, DEAD_LETTER_DAYS } from '@schoolbell/delivery';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { AUDIT_LOG_DAYS, makeAuditPartitions } from './make-audit-partitions.js';
import { makePartitions } from './make-partitions.js';
import { readPeriods } from './partition.js';
import { expiredPeriods, type Period } from './period.js';
import { emptyReport, type PruneReport } from './prune-report.js';
import { pruneSteps, type Horizons } from './prune-steps.js';

const DAY_MS = 86_400_000;
/** Posts that were refused are kept a day, and until the next round. */
const REJECTIONS_KEPT_MS = DAY_MS;

const HOUR_MS = 3_600_000;
/** Whoever repeats a post does so within minutes; an outage of the caller may last a weekend. */
const IDEMPOTENCY_KEY_HOURS = 72;

/** Keeps events, deliveries, attempts and the audit log for as long as they are wanted. */
export class History {
  /** Where walks are that were longer than a round. */
  private readonly positions = new Map<string, string>();

  /**
   * @param retentionDays at least 1
   * @param idempotencyKeyHours for how long a repeated key is known, whatever the retention
   */
  constructor(
    private readonly db: Pick<Database, 'maintenancePool'>,
    private readonly retentionDays: number,
    private readonly idempotencyKeyHours = IDEMPOTENCY_KEY_HOURS,
  ) {}

  /**
   * Makes the partitions of the time to come.
   *
   * @param now default: the clock of the database, as for all that is due; a dispatcher's may be wrong
   * @returns the periods of events, deliveries and attempts that were made, or `busy`: another dispatcher is at it,
   *   or the tables are in use
   */
  async makeAhead(now?: Date): Promise<Period[] | 'busy'> {
    return this.connected(async (client) => {
      const today = now ?? (await clockOf(client));
      const made = await makePartitions(client, this.retentionDays, today);
      const madeForAuditLog = await makeAuditPartitions(client, today);
      return madeForAuditLog === 'busy' ? 'busy' : made;
    });
  }

  /**
   * Removes what is older than the retention: partitions as a whole, once all of their time is over, and the
   * default partition's rows one by one. What still waits stays, and so do dead letters for
   * {@link DEAD_LETTER_DAYS} days, with their events and attempts. The state of a SCORM attempt goes that long after
   * its last commit. The audit log is kept for a year, whatever the retention.
   *
   * Each step has a connection of its own and fails by itself: what one cannot do must not keep the others
   * from being done, for weeks perhaps.
   *
   * @throws when the database cannot be asked for its clock or its partitions
   */
  async prune(now?: Date): Promise<PruneReport> {
    const { times, expired } = await this.connected(async (client) => {
      const times = this.horizons(now ?? (await clockOf(client)));
      return { times, expired: expiredPeriods(await readPeriods(client), times.horizon) };
    });
    const report = emptyReport();
    for (const { name, work } of pruneSteps(times, expired, this.positions, report)) {
      try {
        if (await this.connected(work)) report.unfinished = true;
      } catch (error) {
        report.failed.push({ step: name, error: error as Error });
        report.unfinished = true;
      }
    }
    return report;
  }

  private horizons(today: Date): Horizons {
    return {
      horizon: new Date(today.getTime() - this.retentionDays * DAY_MS),
      knownSince: new Date(today.getTime() - this.idempotencyKeyHours * HOUR_MS),
      youngSince: new Date(today.getTime() - DEAD_LETTER_DAYS * DAY_MS),
      completedSince: new Date(today.getTime() - COMPLETION_DAYS * DAY_MS),
      auditedSince: new Date(today.getTime() - AUDIT_LOG_DAYS * DAY_MS),
      refusedSince: new Date(today.getTime() - REJECTIONS_KEPT_MS),
    };
  }

  private async connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.db.maintenancePool.connect();
    let failure: Error | undefined;
    try {
      return await work(client);
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      client.release(failure);
    }
  }
}

async function clockOf(client: PoolClient): Promise<Date> {
  const { rows } = await client.query<{ now: Date }>('SELECT now()');
  return rows[0]!.now;
}
