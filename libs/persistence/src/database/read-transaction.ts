import type { Pool, PoolClient } from 'pg';
import type { Prisma } from '../generated/client.js';

/** Runs one query of a reading transaction. */
export type ReadRows = <Row>(query: Prisma.Sql) => Promise<Row[]>;

/**
 * Reads in a transaction that changes nothing: nobody waits for its end, and the connection is free again after it.
 *
 * @param begin the statements by which the transaction begins: one message to the server
 */
export async function readInTransaction<Result>(
  pool: Pool,
  begin: string,
  read: (rows: ReadRows) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await read(rowsOn(client));
    endReading(client);
    return result;
  } catch (error) {
    // The connection is closed, and its transaction with it.
    client.release(error as Error);
    throw error;
  }
}

function endReading(client: PoolClient): void {
  client.query('COMMIT').then(
    () => client.release(),
    (error: Error) => client.release(error),
  );
}

function rowsOn(client: PoolClient): ReadRows {
  return async ({ text, values }) => (await client.query({ text, values })).rows;
}
