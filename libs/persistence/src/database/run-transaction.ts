import type { Pool, PoolClient } from 'pg';
import { isCollision } from './database-fault.js';

const MAX_TRIES = 3;

/**
 * Runs `work` in a transaction. The loser of a deadlock was undone and goes again: `work` may run several times.
 *
 * @param keeps whether the transaction commits; what it did is undone otherwise. Default: always
 */
export async function runTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  keeps: (result: Result) => boolean = () => true,
): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await tryTransaction(pool, work, keeps);
    } catch (error) {
      if (!isCollision(error) || tries === MAX_TRIES) throw error;
    }
  }
}

async function tryTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  keeps: (result: Result) => boolean,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query(keeps(result) ? 'COMMIT' : 'ROLLBACK');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose transaction failed is closed, and its transaction with it.
    client.release(failure);
  }
}
