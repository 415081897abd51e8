import { Prisma } from '../generated/client.js';

/**
 * That a row is a tenant's, in tables whose older rows do not say whose they are: these are found by the id of what
 * they belong to, and row-level security asks that.
 *
 * @param row the table, as the query names it
 */
export function ofTenant(row: string, tenantId: string): Prisma.Sql {
  return Prisma.sql`coalesce(${Prisma.raw(row)}.tenant_id, ${tenantId}::uuid) = ${tenantId}::uuid`;
}
