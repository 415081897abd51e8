import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
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

/**
 * Made apart and then attached, which locks the table itself less than making it in place. What is in the
 * default partition already, such as rows of a machine whose clock is ahead, is moved: attaching would
 * refuse it.
 */
async function makePartition(
  client: ClientBase,
  table: PartitionedTable,
  period: Period,
): Promise<void> {
  const name = partitionName(table, period);
  const rest = defaultPartition(table);
  const [from, to] = [boundAt(period.from), boundAt(period.to)];
  await client.query(
    `CREATE TABLE ${name} (LIKE ${table} INCLUDING ALL EXCLUDING INDEXES)
     ${await storageSettings(client, rest)}`,
  );
  await client.query(`LOCK TABLE ${rest} IN ACCESS EXCLUSIVE MODE`);
  await client.query(
    `WITH moved AS (DELETE FROM ${rest} WHERE id >= '${from}' AND id < '${to}' RETURNING *)
     INSERT INTO ${name} SELECT * FROM moved`,
  );
  await client.query(
    `ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`,
  );
}

/** Partitions inherit no storage settings, so that the default partition is where they are kept. */
async function storageSettings(client: ClientBase, partition: string): Promise<string> {
  const { rows } = await client.query<{ options: string | null }>(
    `SELECT array_to_string(reloptions, ', ') AS options FROM pg_class WHERE oid = $1::regclass`,
    [partition],
  );
  const options = rows[0]?.options;
  return options ? `WITH (${options})` : '';
}
