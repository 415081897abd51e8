import type { ClientBase } from 'pg';

const ROWS_PER_STATEMENT = 5_000;
/** About a minute's worth; the next round goes on. */
const MOST_STATEMENTS = 400;

/** How many rows went, and whether there may be more. */
export interface Deletion {
  deleted: number;
  unfinished: boolean;
}

/**
 * Deletes some rows at a time: one statement for all could exceed its time, and then nothing would go, ever.
 *
 * @param condition on the columns of the table; `$1` is the horizon
 */
export async function deleteBatches(
  client: ClientBase,
  table: string,
  condition: string,
  horizon: Date,
): Promise<Deletion> {
  let deleted = 0;
  for (let i = 0; i < MOST_STATEMENTS; i++) {
    const { rowCount } = await client.query(
      `DELETE FROM ${table} WHERE ctid = ANY (ARRAY (
         SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${ROWS_PER_STATEMENT}))`,
      [horizon],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < ROWS_PER_STATEMENT) return { deleted, unfinished: false };
  }
  return { deleted, unfinished: true };
}
