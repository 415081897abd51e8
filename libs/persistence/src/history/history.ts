import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { deleteRows, type DeletedRows } from './delete-rows.js';
import { dropPeriod } from './drop-period.js';
import { makePartitions } from './make-partitions.js';
import { defaultPartition, partitionName, readPeriods } from './partition.js';
import { expiredPeriods, type Period } from './period.js';
import { pruneFallbacks } from './prune-fallbacks.js';
import { pruneMails } from './prune-mails.js';
import { pruneOldRows } from './prune-old-rows.js';
import { DEAD_LETTER_DAYS } from './what-stays.js';

const DAY_MS = 86_400_000;

/** What a round of pruning did. */
export interface PruneReport {
  /** Periods whose partitions are gone. */
  dropped: Period[];
  /** Rows of these that stay, and were moved. */
  moved: number;
  /** Rows that were deleted one by one. */
  deleted: DeletedRows;
  idempotencyKeys: number;
  mails: number;
  /** Something could not be had in time, or was begun by another dispatcher: worth another round soon. */
  unfinished: boolean;
}

/** Keeps events, deliveries and attempts for as long as they are wanted. */
export class History {
  /** @param retentionDays at least 1 */
  constructor(
    private readonly db: Pick<Database, 'maintenancePool'>,
    private readonly retentionDays: number,
  ) {}

  /**
   * Makes the partitions of the time to come.
   *
   * @param now default: the clock of the database, as for all that is due; a dispatcher's may be wrong
   * @returns the periods that were made, or `busy`: another dispatcher is at it, or the tables are in use
   */
  async makeAhead(now?: Date): Promise<Period[] | 'busy'> {
    return this.#connected(async (client) =>
      makePartitions(client, this.retentionDays, now ?? (await clockOf(client))),
    );
  }

  /**
   * Removes what is older than the retention: partitions as a whole, once all of their time is over, and the
   * default partition's rows one by one. What still waits stays, and so do dead letters for
   * {@link DEAD_LETTER_DAYS} days, with their events and attempts.
   */
  async prune(now?: Date): Promise<PruneReport> {
    return this.#connected(async (client) => {
      const today = now ?? (await clockOf(client));
      const horizon = new Date(today.getTime() - this.retentionDays * DAY_MS);
      const youngSince = new Date(today.getTime() - DEAD_LETTER_DAYS * DAY_MS);
      const report: PruneReport = {
        dropped: [],
        moved: 0,
        deleted: await deleteRows(client, defaultPartition, horizon, youngSince),
        idempotencyKeys: await pruneOldRows(client, 'idempotency_keys', horizon),
        mails: await pruneMails(client, horizon),
        unfinished: false,
      };
      await pruneOldRows(client, 'attempt_counts', horizon);
      for (const period of expiredPeriods(await readPeriods(client), horizon)) {
        await prunePeriod(client, period, youngSince, report);
      }
      await pruneFallbacks(client, horizon);
      await client.query('DELETE FROM operations WHERE finished_at < $1', [horizon]);
      return report;
    });
  }

  async #connected<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
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

async function prunePeriod(
  client: PoolClient,
  period: Period,
  youngSince: Date,
  report: PruneReport,
): Promise<void> {
  const outcome = await dropPeriod(client, period, youngSince);
  switch (outcome.kind) {
    case 'dropped':
      report.dropped.push(period);
      report.moved += outcome.moved;
      return;
    case 'busy':
      report.unfinished = true;
      return;
    case 'much_stays': {
      const partitionOf = (table: keyof DeletedRows): string => partitionName(table, period);
      const deleted = await deleteRows(client, partitionOf, period.to, youngSince);
      for (const table of Object.keys(deleted) as (keyof DeletedRows)[]) {
        report.deleted[table] += deleted[table];
      }
    }
  }
}
