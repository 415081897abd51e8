import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { inMaintenance } from './maintenance-transaction.js';
import {
  defaultPartition,
  PARTITIONED_TABLES,
  partitionName,
  type PartitionedTable,
} from './partition.js';
import type { Period } from './period.js';

/** Writing stands still while rows are moved; this many take about half a second. */
const MOST_MOVED = 10_000;

export type DropOutcome =
  | { kind: 'dropped'; moved: number }
  /** More deliveries of the period wait, or are young dead letters, than can be moved at once. */
  | { kind: 'much_stays' }
  | { kind: 'busy' };

/** Through indexes and from the few rows that stay: to read a whole partition would take minutes. */
const PLANNING =
  'SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/**
 * Deliveries that stay, with their events, of this period or before. An event is never younger than its
 * deliveries. `$1` when a dead letter is young, `$2` the end of the period
 */
const STAYING = `
SELECT delivery_id AS id, event_id FROM due_deliveries WHERE event_id < $2 OR delivery_id < $2
UNION
SELECT id, event_id FROM deliveries WHERE dead_at > $1 AND (event_id < $2 OR id < $2)`;

/** What stays, of a partition `r`, of the table it belonged to. */
const MOVED: Record<PartitionedTable, string> = {
  deliveries: 'r.id IN (SELECT id FROM staying)',
  events: 'r.id IN (SELECT event_id FROM staying)',
  attempts: 'r.delivery_id IN (SELECT id FROM staying)',
};

/**
 * Drops a period's partitions. Deliveries that still wait and dead letters that are young move to the
 * default partition, with their events and attempts.
 */
export async function dropPeriod(
  client: ClientBase,
  period: Period,
  youngSince: Date,
): Promise<DropOutcome> {
  if (await muchStays(client, period, youngSince)) return { kind: 'much_stays' };
  const moved = await inMaintenance(client, async () => {
    // All at once, and before looking: from here on nobody makes an old delivery wait again.
    await client.query(`LOCK TABLE ${PARTITIONED_TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`);
    await client.query(PLANNING);
    await client.query('CREATE TEMP TABLE staying (id uuid, event_id uuid) ON COMMIT DROP');
    await client.query(`INSERT INTO staying ${STAYING}`, [youngSince, boundAt(period.to)]);
    let rows = 0;
    for (const table of PARTITIONED_TABLES) rows += await dropPartition(client, table, period);
    return rows;
  });
  return moved === 'busy' ? { kind: 'busy' } : { kind: 'dropped', moved };
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
    `INSERT INTO ${defaultPartition(table)} SELECT r.* FROM ${name} r WHERE ${MOVED[table]}`,
  );
  await client.query(`DROP TABLE ${name}`);
  return rowCount ?? 0;
}

async function muchStays(client: ClientBase, period: Period, youngSince: Date): Promise<boolean> {
  const { rows } = await client.query<{ much: boolean }>(
    `SELECT count(*) > ${MOST_MOVED} AS much FROM (
       SELECT FROM (${STAYING}) staying WHERE id >= $3 LIMIT ${MOST_MOVED + 1}) few`,
    [youngSince, boundAt(period.to), boundAt(period.from)],
  );
  return rows[0]!.much;
}
