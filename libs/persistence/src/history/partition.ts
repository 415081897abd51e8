import { timeOfUuidV7 } from '@schoolbell/ids';
import type { ClientBase } from 'pg';
import type { Period } from './period.js';

/** Partitioned by their ids, which are UUIDv7 and so begin with a time; all three have the same periods. */
export const PARTITIONED_TABLES = ['events', 'deliveries', 'attempts'] as const;

export type PartitionedTable = (typeof PARTITIONED_TABLES)[number];

/** Partitioned by its ids too, in periods of its own. */
export const AUDIT_LOG = 'audit_log';

type Table = PartitionedTable | typeof AUDIT_LOG;

/** Has what no other partition covers. */
export const defaultPartition = (table: Table): string => `${table}_default`;

/** `events_20261122`: named after its first day. */
export function partitionName(table: Table, { from }: Period): string {
  return `${table}_${from.toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The periods that have partitions; those of the three tables are told by `events`. */
export async function readPeriods(
  client: ClientBase,
  table: 'events' | typeof AUDIT_LOG = 'events',
): Promise<Period[]> {
  const { rows } = await client.query<{ bounds: string }>(
    `SELECT pg_get_expr(c.relpartbound, c.oid) AS bounds
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass`,
    [table],
  );
  return rows.flatMap(({ bounds }) => {
    const [, from, to] = /FROM \('(.+)'\) TO \('(.+)'\)/.exec(bounds) ?? [];
    if (!from || !to) return [];
    return { from: new Date(timeOfUuidV7(from)), to: new Date(timeOfUuidV7(to)) };
  });
}
