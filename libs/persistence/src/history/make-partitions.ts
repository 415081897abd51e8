import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { attachPartition, createPartition } from './attach-partition.js';
import { inMaintenance } from './maintenance-transaction.js';
import {
  defaultPartition,
  PARTITIONED_TABLES,
  partitionName,
  readPeriods,
  type PartitionedTable,
} from './partition.js';
import { missingPeriods, periodLengthMs, type Period } from './period.js';

/**
 * Makes the partitions of the time to come.
 *
 * @returns the periods that were made, or `busy`
 */
export async function makePartitions(
  client: ClientBase,
  retentionDays: number,
  now: Date,
): Promise<Period[] | 'busy'> {
  return inMaintenance(client, async () => {
    const existing = await readPeriods(client);
    const length = periodLengthMs(retentionDays);
    const missing = missingPeriods(existing, now, length, await nothingStored(client));
    for (const period of missing) {
      for (const table of PARTITIONED_TABLES) await makePartition(client, table, period);
    }
    return missing;
  });
}

async function nothingStored(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ stored: boolean }>(
    'SELECT EXISTS (SELECT FROM events) OR EXISTS (SELECT FROM attempts) AS stored',
  );
  return !rows[0]!.stored;
}

/** What is in the default partition already, such as rows of a machine whose clock is ahead, is moved. */
async function makePartition(
  client: ClientBase,
  table: PartitionedTable,
  period: Period,
): Promise<void> {
  const name = partitionName(table, period);
  const rest = defaultPartition(table);
  await createPartition(client, table, period);
  await client.query(`LOCK TABLE ${rest} IN ACCESS EXCLUSIVE MODE`);
  await client.query(
    `WITH moved AS (DELETE FROM ${rest} WHERE id >= $1 AND id < $2 RETURNING *)
     INSERT INTO ${name} SELECT * FROM moved`,
    [boundAt(period.from), boundAt(period.to)],
  );
  await attachPartition(client, table, period);
}
