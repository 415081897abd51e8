import type { ClientBase } from 'pg';

const ROWS_PER_STATEMENT = 5_000;
/** About a minute's worth; the next round goes on. */
const MOST_STATEMENTS = 400;

/**
 * Tables of many rows that go with the history, and what says how old a row is. An idempotency key is worth no
 * more than its event.
 */
const AGE = { idempotency_keys: 'created_at', attempt_counts: 'hour' } as const;

/**
 * Some rows at a time: a retention that is lowered leaves more than one statement may take the time for.
 *
 * @returns how many went
 */
export async function pruneOldRows(
  client: ClientBase,
  table: keyof typeof AGE,
  horizon: Date,
): Promise<number> {
  let deleted = 0;
  for (let i = 0; i < MOST_STATEMENTS; i++) {
    const { rowCount } = await client.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM ${table} WHERE ${AGE[table]} < $1 LIMIT ${ROWS_PER_STATEMENT}))`,
      [horizon],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < ROWS_PER_STATEMENT) break;
  }
  return deleted;
}
