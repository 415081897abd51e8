import { Prisma } from '../generated/client.js';
import type { Database } from './database.js';

/** A transaction that sees one tenant's rows alone. */
export type TenantTransaction = Prisma.TransactionClient;

/** The role that row-level security binds; see the migration that makes it. */
const TENANT_ROLE = 'schoolbell_tenant';

/** As long as a statement may take; Prisma's own default is 5 s. Milliseconds. */
const TRANSACTION_TIMEOUT_MS = 30_000;
/** For a free connection. Milliseconds. */
const PATIENCE_MS = 5_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Runs `work` in a transaction to which row-level security shows the rows of one tenant, so that a forgotten filter
 * shows nothing of others. Every query names the tenant all the same: its index is by that.
 */
export async function asTenant<Result>(
  { prisma }: Pick<Database, 'prisma'>,
  tenantId: string,
  work: (tx: TenantTransaction) => Promise<Result>,
  options: { isolationLevel?: Prisma.TransactionIsolationLevel } = {},
): Promise<Result> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`
      SELECT set_config('role', ${TENANT_ROLE}, true), set_config('schoolbell.tenant_id', ${tenantId}, true)`;
      return work(tx);
    },
    { timeout: TRANSACTION_TIMEOUT_MS, maxWait: PATIENCE_MS, ...options },
  );
}

/** As {@link asTenant}; null is the platform, to which every row is shown. */
export async function asTenantOrPlatform<Result>(
  db: Pick<Database, 'prisma'>,
  tenantId: string | null,
  work: (tx: Prisma.TransactionClient) => Promise<Result>,
): Promise<Result> {
  return tenantId === null ? db.prisma.$transaction(work) : asTenant(db, tenantId, work);
}

/**
 * The statements by which a transaction of `pg` begins that sees one tenant's rows alone: one message to the server.
 *
 * @param tenantId UUID
 * @param mode such as `READ ONLY`
 */
export function beginAsTenant(tenantId: string, mode = ''): string {
  if (!UUID.test(tenantId)) throw new Error('This is not a tenant id.');
  return `BEGIN ${mode}; SET LOCAL ROLE ${TENANT_ROLE}; SET LOCAL schoolbell.tenant_id = '${tenantId}'`;
}
