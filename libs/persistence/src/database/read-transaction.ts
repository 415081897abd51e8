import type { Pool, PoolClient } from 'pg';
import type { Prisma } from '../generated/client.js';

/** Runs one query of a reading transaction. */
export type ReadRows = <Row>(query: Prisma.Sql) => Promise<Row[]>;

/** By which name a statement is prepared; undefined: it is not. */
type NameOf = (text: string) => string | undefined;

/**
 * Reads in a transaction that changes nothing: nobody waits for its end, and the connection is free again after it.
 *
 * @param begin the statements by which the transaction begins: one message to the server
 * @param nameOf left out: nothing is prepared
 */
export async function readInTransaction<Result>(
  pool: Pool,
  begin: string,
  read: (rows: ReadRows) => Promise<Result>,
  nameOf: NameOf = () => undefined,
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await read(rowsOn(client, nameOf));
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

function rowsOn(client: PoolClient, nameOf: NameOf): ReadRows {
  return async ({ text, values }) => {
    const name = nameOf(text);
    return (await client.query({ text, values, ...(name !== undefined && { name }) })).rows;
  };
}
