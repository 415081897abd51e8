import type { ClientBase } from 'pg';
import { LOCK_TIMEOUT_MS } from './patience.js';

/** An index of a migration, taken apart so that it can be built in another way. */
interface IndexStatement {
  unique: boolean;
  name: string;
  table: string;
  /** From the access method or the columns on. */
  definition: string;
}

const CREATE_INDEX =
  /^CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?IF NOT EXISTS (\w+) ON (\w+) ([^;]+?) ?;?$/i;

/** @returns undefined for any other statement, for several, and for an index without `IF NOT EXISTS` */
export function parseCreateIndex(sql: string): IndexStatement | undefined {
  const [, unique, name, table, definition] = CREATE_INDEX.exec(singleLine(sql)) ?? [];
  if (!name || !table || !definition) return undefined;
  return { unique: unique !== undefined, name, table, definition };
}

/** Without comments, and with one space for any space. */
function singleLine(sql: string): string {
  return sql.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ').trim();
}

/**
 * Builds an index while its table is written. One that was left half-built, by a crash, is dropped first: it
 * would never be used, and `IF NOT EXISTS` takes it for the index.
 *
 * @param patienceMs how long to wait for older snapshots to end; nobody waits behind it meanwhile
 */
export async function buildConcurrently(
  client: ClientBase,
  index: IndexStatement,
  patienceMs: number,
): Promise<void> {
  await dropHalfBuilt(client, index.name);
  const { unique, name, table, definition } = index;
  await client.query(`SET lock_timeout = ${Math.max(1, Math.round(patienceMs))}`);
  await client.query(
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX CONCURRENTLY IF NOT EXISTS ${name} ON ${table} ${definition}`,
  );
}

/** Not `CONCURRENTLY`: that would wait for old snapshots, while this takes no time once it has its lock. */
async function dropHalfBuilt(client: ClientBase, name: string): Promise<void> {
  const { rows } = await client.query(
    'SELECT FROM pg_index WHERE indexrelid = to_regclass($1) AND NOT indisvalid',
    [name],
  );
  if (rows.length === 0) return;
  await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await client.query(`DROP INDEX IF EXISTS ${name}`);
}

/** Builds the same index on each partition, so that the statement for the whole table finds them ready. */
export async function buildOnPartitions(
  client: ClientBase,
  index: IndexStatement,
  patienceMs: number,
): Promise<void> {
  const { rows } = await client.query<{ partition: string; part: string }>(
    `SELECT c.relname AS partition, $2 || substr(c.relname, length($1) + 1) AS part
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass($1)`,
    [index.table, index.name],
  );
  for (const { partition, part } of rows) {
    await buildConcurrently(client, { ...index, name: part, table: partition }, patienceMs);
  }
}
