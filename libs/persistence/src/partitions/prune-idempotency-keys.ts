import type { ClientBase } from 'pg';

const ROWS_PER_STATEMENT = 5_000;
/** About a minute's worth; the next round goes on. */
const MOST_STATEMENTS = 400;

/** A key is worth no more than its event, and goes when that does. @returns how many went */
export async function pruneIdempotencyKeys(client: ClientBase, horizon: Date): Promise<number> {
  let deleted = 0;
  for (let i = 0; i < MOST_STATEMENTS; i++) {
    const { rowCount } = await client.query(
      `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM idempotency_keys WHERE created_at < $1 LIMIT ${ROWS_PER_STATEMENT}))`,
      [horizon],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < ROWS_PER_STATEMENT) break;
  }
  return deleted;
}
