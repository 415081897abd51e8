import { timeOfUuidV7 } from '@schoolbell/delivery';
import type { ClientBase } from 'pg';
import type { Period } from './period.js';

/** Partitioned by their ids, which are UUIDv7 and so begin with a time; all three have the same periods. */
export const PARTITIONED_TABLES = ['events', 'deliveries', 'attempts'] as const;

export type PartitionedTable = (typeof PARTITIONED_TABLES)[number];

/** Has what no other partition covers. */
export const defaultPartition = (table: PartitionedTable): string => `${table}_default`;

/** `events_20261122`: named after its first day. */
export function partitionName(table: PartitionedTable, { from }: Period): string {
  return `${table}_${from.toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The periods that have partitions, told by those of `events`. */
export async function readPeriods(client: ClientBase): Promise<Period[]> {
  const { rows } = await client.query<{ bounds: string }>(
    `SELECT pg_get_expr(c.relpartbound, c.oid) AS bounds
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'events'::regclass`,
  );
  return rows.flatMap(({ bounds }) => {
    const [, from, to] = /FROM \('(.+)'\) TO \('(.+)'\)/.exec(bounds) ?? [];
    if (!from || !to) return [];
    return { from: new Date(timeOfUuidV7(from)), to: new Date(timeOfUuidV7(to)) };
  });
}
