import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import { AUDIT_LOG, defaultPartition, partitionName, type PartitionedTable } from './partition.js';
import type { Period } from './period.js';

type Table = PartitionedTable | typeof AUDIT_LOG;

/** Made apart and then attached, which locks the table itself less than making it in place. */
export async function createPartition(
  client: ClientBase,
  table: Table,
  period: Period,
): Promise<void> {
  await client.query(
    `CREATE TABLE ${partitionName(table, period)} (LIKE ${table} INCLUDING ALL EXCLUDING INDEXES)
     ${await storageSettings(client, defaultPartition(table))}`,
  );
}

/** Refused by Postgres while the default partition has rows of the period. */
export async function attachPartition(
  client: ClientBase,
  table: Table,
  period: Period,
): Promise<void> {
  await client.query(
    `ALTER TABLE ${table} ATTACH PARTITION ${partitionName(table, period)}
     FOR VALUES FROM ('${boundAt(period.from)}') TO ('${boundAt(period.to)}')`,
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
