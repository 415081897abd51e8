import type { Pool, QueryResultRow } from 'pg';
import { isCollision } from './database-fault.js';

const MAX_TRIES = 3;

export interface PreparedStatement {
  name: string;
  text: string;
  values: unknown[];
}

/** Runs a statement, prepared once per connection. The loser of a deadlock was undone and goes again. */
export async function runPrepared<Row extends QueryResultRow>(
  pool: Pool,
  statement: PreparedStatement,
): Promise<Row[]> {
  for (let tries = 1; ; tries++) {
    try {
      return (await pool.query<Row>(statement)).rows;
    } catch (error) {
      if (!isCollision(error) || tries === MAX_TRIES) throw error;
    }
  }
}
