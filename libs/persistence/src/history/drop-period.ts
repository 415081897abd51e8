import type { ClientBase } from 'pg';
import { RETRY_LOCK } from '../database/retry-lock.js';
import { inMaintenance } from './maintenance-transaction.js';
import {
  collectFromOtherPeriods,
  collectOfPeriod,
  collectWhatChanged,
  countCollected,
  MOVING,
} from './moving-rows.js';
import {
  defaultPartition,
  PARTITIONED_TABLES,
  partitionName,
  type PartitionedTable,
} from './partition.js';
import type { Period } from './period.js';

/** Writing stands still while rows are moved; this many take about half a second. */
const MOST_MOVED = 10_000;

type DropOutcome =
  | { kind: 'dropped'; moved: number }
  /** More deliveries of the period wait, or are young dead letters, than can be moved at once. */
  | { kind: 'much_stays' }
  | { kind: 'busy' };

/** Through indexes and from the few rows that stay: to read a whole partition would take minutes. */
const PLANNING =
  'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/**
 * Drops a period's partitions. Deliveries that still wait and dead letters that are young move to the
 * default partition, with their events and attempts.
 *
 * What stays is collected first, while everybody works. Once the tables are locked and everybody waits for us,
 * we look only at what can have changed since: nobody makes an old delivery wait again from here on.
 */
export async function dropPeriod(
  client: ClientBase,
  period: Period,
  youngSince: Date,
): Promise<DropOutcome> {
  const outcome = await inMaintenance<DropOutcome>(client, async () => {
    await client.query(`SELECT pg_advisory_xact_lock(${RETRY_LOCK})`);
    await client.query(PLANNING);
    await collectFromOtherPeriods(client, period, MOST_MOVED);
    await collectOfPeriod(client, period, youngSince, MOST_MOVED);
    if ((await countCollected(client)) >= MOST_MOVED) return { kind: 'much_stays' };
    await client.query(`LOCK TABLE ${PARTITIONED_TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    await collectWhatChanged(client, period, youngSince);
    let moved = 0;
    for (const table of PARTITIONED_TABLES) moved += await dropPartition(client, table, period);
    return { kind: 'dropped', moved };
  });
  return outcome === 'busy' ? { kind: 'busy' } : outcome;
}

/** @returns how many rows were moved to the default partition */
async function dropPartition(
  client: ClientBase,
  table: PartitionedTable,
  period: Period,
): Promise<number> {
  const name = partitionName(table, period);
  await client.query(`ALTER TABLE ${table} DETACH PARTITION ${name}`);
  const { rowCount } = await client.query(
    `INSERT INTO ${defaultPartition(table)} SELECT r.* FROM ${name} r WHERE ${MOVING[table]}`,
  );
  await client.query(`DROP TABLE ${name}`);
  return rowCount ?? 0;
}
