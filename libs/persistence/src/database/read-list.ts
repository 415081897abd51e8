import { DatabaseError } from 'pg';
import type { Prisma } from '../generated/client.js';
import { beginAsTenant } from './as-tenant.js';
import type { Database } from './database.js';
import { statementName } from './statement-name.js';
import { readInTransaction, type ReadRows } from './read-transaction.js';

export type { ReadRows } from './read-transaction.js';

/** `query_canceled`: here, that the statement reached its timeout. */
const QUERY_CANCELED = '57014';

type Lists = Pick<Database, 'listPool'>;

/** A list that Postgres did not read within the time that a list may take; a narrower one may succeed. */
export class ListTooSlowError extends Error {
  constructor(cause: unknown) {
    super('The list took too long to read.', { cause });
    this.name = 'ListTooSlowError';
  }
}

/**
 * Reads a list on the connections that only lists use.
 *
 * @param tenantId whose rows row-level security shows; undefined: those of all tenants, for the platform
 * @throws ListTooSlowError
 */
export async function readList<Row>(
  lists: Lists,
  tenantId: string | undefined,
  query: Prisma.Sql,
): Promise<Row[]> {
  const begin = tenantId === undefined ? 'BEGIN READ ONLY' : beginAsTenant(tenantId, 'READ ONLY');
  return orTooSlow(() => reading(lists, begin, (rows) => rows<Row>(query)));
}

/**
 * Reads a list in several queries that all see the same moment.
 *
 * @param tenantId as of {@link readList}
 * @throws ListTooSlowError when one of them takes too long
 */
export async function readListOnSnapshot<Result>(
  lists: Lists,
  tenantId: string | undefined,
  read: (rows: ReadRows) => Promise<Result>,
): Promise<Result> {
  const mode = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';
  const begin = tenantId === undefined ? `BEGIN ${mode}` : beginAsTenant(tenantId, mode);
  return orTooSlow(() => reading(lists, begin, read));
}

function reading<Result>(
  { listPool }: Lists,
  begin: string,
  read: (rows: ReadRows) => Promise<Result>,
): Promise<Result> {
  return readInTransaction(listPool, begin, read, statementName);
}

async function orTooSlow<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const tooSlow = error instanceof DatabaseError && error.code === QUERY_CANCELED;
    throw tooSlow ? new ListTooSlowError(error) : error;
  }
}
