import type { Prisma } from '../../generated/client.js';
import type { NewStatus } from './status-columns.js';

/**
 * Has a dispatcher ask the webhook's receiver for its consent, where its new status awaits that. The answer to a
 * question that is under way, such as to an older URL, says nothing any more.
 */
export async function requestHandshake(
  tx: Prisma.TransactionClient,
  { id, tenantId }: { id: string; tenantId: string },
  status: NewStatus | undefined,
): Promise<void> {
  if (status !== 'awaiting_consent') return;
  await tx.$executeRaw`
    INSERT INTO handshakes (webhook_id, tenant_id) VALUES (${id}::uuid, ${tenantId}::uuid)
    ON CONFLICT (webhook_id) DO UPDATE SET due_at = now(), attempts = 0, lease_id = NULL`;
}
