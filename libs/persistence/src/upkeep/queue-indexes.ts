import type { ClientBase } from 'pg';

/** Tables of few rows that change all the time. */
const QUEUE_TABLES = [
  'due_deliveries',
  'batches',
  'fallbacks',
  'fan_outs',
  'webhook_rates',
  'mails',
];

/** A smaller index is read through in no time, whatever it has. */
const SMALL_BYTES = 8 * 1024 * 1024;
/**
 * An entry takes 30 to 100 bytes. Those that stay, such as of a receiver that is down, keep the pages of those that
 * went: an index that has so much for each row is mostly air, unless its columns are long.
 */
const MOST_BYTES_PER_ROW = 300;
/** An index whose rows come in any order is half full at worst; the ids of sessions may have a thousand bytes. */
const MOST_TIMES_ITS_COLUMNS = 4;
/** Rows whose columns are measured. */
const SAMPLE = 1_000;

interface QueueIndex {
  name: string;
  table: string;
  bytes: number;
}

interface LargeIndex extends QueueIndex {
  /** As SQL. */
  columns: string;
  /** Of a partial index, as SQL. */
  predicate: string | null;
}

const LARGE = `
SELECT i.relname AS name, t.relname AS table, pg_relation_size(i.oid) AS bytes,
  (SELECT string_agg(pg_get_indexdef(i.oid, n, true), ', ') FROM generate_series(1, x.indnkeyatts) n) AS columns,
  pg_get_expr(x.indpred, x.indrelid) AS predicate
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
WHERE x.indisvalid AND pg_relation_size(i.oid) > ${SMALL_BYTES}
  AND x.indrelid = ANY (SELECT to_regclass(name) FROM unnest($1::text[]) name)
ORDER BY i.relname`;

/** Indexes of the queue's tables that are much larger than the rows that they have. */
export async function bloatedIndexes(client: ClientBase): Promise<QueueIndex[]> {
  const { rows } = await client.query<LargeIndex>(LARGE, [QUEUE_TABLES]);
  const bloated: QueueIndex[] = [];
  for (const index of rows) {
    if (await hasFewRows(client, index)) bloated.push(index);
  }
  return bloated;
}

/** Counts no further than it takes to know; statistics of a table that was empty a second ago say nothing. */
async function hasFewRows(
  client: ClientBase,
  { table, bytes, columns, predicate }: LargeIndex,
): Promise<boolean> {
  await client.query('BEGIN');
  try {
    // Through the partial index itself, rather than through a million rows that it does not have.
    await client.query('SET LOCAL enable_seqscan = off');
    const where = predicate === null ? '' : `WHERE ${predicate}`;
    const { rows } = await client.query<{ few: boolean }>(
      `WITH sample AS (
         SELECT avg(pg_column_size(r)) AS bytes FROM (SELECT ${columns} FROM ${table} ${where} LIMIT ${SAMPLE}) r
       ), most AS (
         SELECT (${bytes} / greatest(${MOST_BYTES_PER_ROW}, ${MOST_TIMES_ITS_COLUMNS} * bytes))::bigint AS few
         FROM sample
       )
       SELECT count(*) <= (SELECT few FROM most) AS few
       FROM (SELECT FROM ${table} ${where} LIMIT (SELECT few + 1 FROM most)) r`,
    );
    return rows[0]!.few;
  } finally {
    await client.query('COMMIT');
  }
}

export async function sizeOf(client: ClientBase, name: string): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    'SELECT pg_relation_size(to_regclass($1)) AS bytes',
    [name],
  );
  return rows[0]!.bytes;
}

/**
 * What a REINDEX CONCURRENTLY that was cut off left on the queue's tables: it costs writes and is never used.
 * None while an index of them is being built, by an operator perhaps.
 */
export async function leftovers(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    String.raw`SELECT i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
     WHERE NOT x.indisvalid AND i.relname ~ '_cc(new|old)\d*$'
       AND x.indrelid = ANY (SELECT to_regclass(name) FROM unnest($1::text[]) name)
       AND NOT EXISTS (
         SELECT FROM pg_stat_progress_create_index p
         WHERE p.datname = current_database() AND p.relid = x.indrelid)
     ORDER BY i.relname`,
    [QUEUE_TABLES],
  );
  return rows.map(({ name }) => name);
}
