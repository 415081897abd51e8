import { beginAsTenant } from './as-tenant.js';
import type { Database } from './database.js';
import { readInTransaction, type ReadRows } from './read-transaction.js';

/**
 * Reads what row-level security shows to one tenant, all as of one moment. For what is found by its key; lists have
 * connections of their own.
 *
 * Without Prisma: the statements of its transactions, and its own work for each, take longer than such a query.
 *
 * @param tenantId UUID
 */
export async function readAsTenant<Result>(
  { servingPool }: Pick<Database, 'servingPool'>,
  tenantId: string,
  read: (rows: ReadRows) => Promise<Result>,
): Promise<Result> {
  const begin = beginAsTenant(tenantId, 'ISOLATION LEVEL REPEATABLE READ READ ONLY');
  return readInTransaction(servingPool, begin, read);
}
