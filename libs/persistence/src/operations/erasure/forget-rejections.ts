import type { TenantTransaction } from '../../database/as-tenant.js';
import type { Learner } from './erasure-selection.js';

/** Forgets refused posts that were about the learner. */
export async function forgetRejections(
  tx: TenantTransaction,
  { tenantId, learnerId }: Learner,
  begunAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM event_rejections
    WHERE tenant_id = ${tenantId}::uuid AND at <= ${begunAt}
      AND (learner_id = ${learnerId} OR ids @> ARRAY[${learnerId}])`;
}
