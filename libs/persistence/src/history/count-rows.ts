import { timeOfUuidV7 } from '@schoolbell/ids';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { boundAt } from '../database/id-range.js';
import { runTransaction } from '../database/run-transaction.js';

/** About a second's worth. */
const ROWS_PER_STATEMENT = 200_000;

/** So much time never has more rows than a statement can count, and they need not be numbered to find out. */
const SHORT_MS = 60_000;

/**
 * A row gets its id when what it tells of ends or is accepted, and is stored milliseconds later; after this long it
 * is taken to be there. What an outage of Postgres keeps back for longer is missing from the counts.
 */
const LATEST_MS = 120_000;

/** Rows that are counted once each, in the order of their ids. */
export interface CountedRows {
  table: 'attempts' | 'events' | 'deliveries';
  /** The one row that says how far they are counted, as `table WHERE condition`. Its lock is that of counting. */
  progress: { table: string; condition: string };
  /** Counts those with ids from `$1` until before `$2`. */
  count: string;
}

/**
 * Counts what was stored since the last time, but for the last two minutes. Of several that do so at once, one does
 * it.
 *
 * @param now default: the clock of the database
 */
export async function countRows(
  db: Pick<Database, 'maintenancePool'>,
  rows: CountedRows,
  now?: Date,
): Promise<void> {
  const next = (client: PoolClient): Promise<boolean> => countNext(client, rows, now);
  while (await runTransaction(db.maintenancePool, next)) continue;
}

/** @returns whether there may be more */
async function countNext(
  client: PoolClient,
  rows: CountedRows,
  now: Date | undefined,
): Promise<boolean> {
  const { table, condition } = rows.progress;
  const found = await client.query<{ from: string; now: Date }>(
    `SELECT counted_to AS from, now() FROM ${table} WHERE ${condition} FOR UPDATE SKIP LOCKED`,
  );
  const [progress] = found.rows;
  const end = progress && boundAt(new Date((now ?? progress.now).getTime() - LATEST_MS));
  const isBehind = progress !== undefined && end! > progress.from;
  return isBehind && countRange(client, rows, progress.from, end!);
}

/** @param from inclusive @param end exclusive */
async function countRange(
  client: PoolClient,
  { table, progress, count }: CountedRows,
  from: string,
  end: string,
): Promise<boolean> {
  const isShort = timeOfUuidV7(end) - timeOfUuidV7(from) <= SHORT_MS;
  const to = isShort ? end : await endOfPart(client, table, from, end);
  await client.query(count, [from, to]);
  await client.query(`UPDATE ${progress.table} SET counted_to = $1 WHERE ${progress.condition}`, [
    to,
  ]);
  return to !== end;
}

/** @returns the id before which a range has as many rows as a statement counts, or its end */
async function endOfPart(
  client: PoolClient,
  table: CountedRows['table'],
  from: string,
  end: string,
): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM ${table} WHERE id >= $1 AND id < $2
     ORDER BY id OFFSET ${ROWS_PER_STATEMENT} LIMIT 1`,
    [from, end],
  );
  return rows[0]?.id ?? end;
}
