import type { TenantTransaction } from '../../database/as-tenant.js';

/**
 * Two registrations at once must not both take the last place: the second waits here for the first.
 * `NO KEY`, since events of the tenant are accepted meanwhile.
 */
export async function lockWebhookLimit(tx: TenantTransaction, tenantId: string): Promise<number> {
  const [tenant] = await tx.$queryRaw<{ limit: number }[]>`
    SELECT webhook_limit AS limit FROM tenants WHERE id = ${tenantId}::uuid FOR NO KEY UPDATE`;
  return tenant?.limit ?? 0;
}
