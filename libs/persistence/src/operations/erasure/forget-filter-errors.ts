import { toTypeId } from '@schoolbell/ids';
import type { TenantTransaction } from '../../database/as-tenant.js';

/**
 * Forgets the messages of filters that failed, which may quote the event on which they did. Locks webhooks, so it comes
 * before anything that locks deliveries: who records attempts goes in this order too.
 */
export async function forgetFilterErrors(
  tx: TenantTransaction,
  tenantId: string,
  eventIds: readonly string[],
): Promise<void> {
  const shownIds = eventIds.map((id) => toTypeId('event', id));
  await tx.$executeRaw`
    UPDATE webhooks SET filter_error = NULL
    WHERE tenant_id = ${tenantId}::uuid AND filter_error ->> 'eventId' = ANY (${shownIds})`;
}
