import { asTenant, type TenantTransaction } from './as-tenant.js';
import type { Database } from './database.js';

/**
 * Runs `work` for the users of a tenant, who are served within it, or for those of the platform.
 *
 * @param tenantId UUID; null for the platform
 */
export async function asTeam<Result>(
  db: Pick<Database, 'prisma'>,
  tenantId: string | null,
  work: (tx: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  return tenantId === null ? db.prisma.$transaction(work) : asTenant(db, tenantId, work);
}
