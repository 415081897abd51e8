import type { Harness } from '../harness.js';
import { Installation } from '../installation.js';
import type { Size } from './end-to-end.js';

export interface Disk {
  /** Of the write-ahead log, for an event with one delivery and one attempt. */
  walBytes: number;
  /** Of tables and their indexes, for the same. */
  tableBytes: number;
  /** By table, those that take most. */
  largest: Record<string, number>;
}

/** What an event leaves on the disk of Postgres. */
export async function disk(harness: Harness, { warmUp, events }: Size): Promise<Disk> {
  const installation = await Installation.start(harness);
  try {
    await installation.warmUp(warmUp);
    const before = await sizesOf(installation);
    await installation.post(events);
    await harness.received(events);
    await installation.settled();
    const after = await sizesOf(installation);
    const grown = Object.entries(after.tables).map(
      ([table, bytes]) => [table, (bytes - (before.tables[table] ?? 0)) / events] as const,
    );
    const largest = grown.toSorted(([, one], [, other]) => other - one).slice(0, 8);
    return {
      walBytes: (after.wal - before.wal) / events,
      tableBytes: grown.reduce((sum, [, bytes]) => sum + bytes, 0),
      largest: Object.fromEntries(largest),
    };
  } finally {
    await installation.stop();
  }
}

interface Sizes {
  wal: number;
  tables: Record<string, number>;
}

/** Partitions count as their table. */
async function sizesOf(installation: Installation): Promise<Sizes> {
  const rows = await installation.query<{ name: string; bytes: number }>(
    `SELECT coalesce(i.inhparent::regclass, c.oid::regclass)::text AS name,
       sum(pg_total_relation_size(c.oid))::float8 AS bytes
     FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY 1`,
  );
  const [log] = await installation.query<{ wal: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS wal`,
  );
  const tables = Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
  return { wal: log!.wal, tables };
}
