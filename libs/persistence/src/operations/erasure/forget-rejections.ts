import type { TenantTransaction } from '../../database/as-tenant.js';
import type { Learner } from './erasure-selection.js';

/** Their times are those of an API's clock. */
const SLACK_SECONDS = 10;

/** Forgets refused posts that were about the learner, also of the first seconds after the erasure began. */
export async function forgetRejections(
  tx: TenantTransaction,
  { tenantId, learnerId }: Learner,
  begunAt: Date,
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM event_rejections
    WHERE tenant_id = ${tenantId}::uuid AND at <= ${begunAt}::timestamptz + ${SLACK_SECONDS} * interval '1 second'
      AND id IN (
        SELECT rejection_id FROM event_rejection_subjects
        WHERE subject_id = ${learnerId} AND tenant_id = ${tenantId}::uuid)`;
}
