import type { TenantTransaction } from '../../database/as-tenant.js';
import type { Learner } from './erasure-selection.js';

/** Forgets refused posts that were about the learner; of a database without them, there is nothing to forget. */
export async function forgetRejections(
  tx: TenantTransaction,
  { tenantId, learnerId }: Learner,
  begunAt: Date,
): Promise<void> {
  const [table] = await tx.$queryRaw<[{ exists: boolean }]>`
    SELECT to_regclass('event_rejections') IS NOT NULL AS exists`;
  if (!table.exists) return;
  await tx.$executeRaw`
    DELETE FROM event_rejections
    WHERE tenant_id = ${tenantId}::uuid AND at <= ${begunAt}
      AND (learner_id = ${learnerId} OR ids @> ARRAY[${learnerId}])`;
}
