import { boundAt } from '../../database/id-range.js';
import type { TenantTransaction } from '../../database/as-tenant.js';
import { Prisma } from '../../generated/client.js';
import type { Learner } from './erasure-selection.js';

const ATTEMPTS_AT_ONCE = 100;

/** As the index `scorm_launches_learner_idx` has it. */
const LEARNER_OF_LAUNCH = Prisma.sql`
  CASE WHEN l.session IS JSON THEN l.session::json ->> 'learnerId' END`;

/**
 * Forgets the learner's SCORM attempts, with their launches and what is remembered of their completions. One that
 * somebody commits to at this moment is passed by.
 *
 * @param begunAt launches that were opened later are new, and stay
 * @returns false when some are left
 */
export async function forgetScorm(
  tx: TenantTransaction,
  { tenantId, learnerId, upTo }: Learner,
  begunAt: Date,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ found: number; forgotten: number }]>`
    WITH of_learner AS MATERIALIZED (
      SELECT DISTINCT l.attempt_id FROM scorm_launches l
      WHERE l.tenant_id = ${tenantId}::uuid AND ${LEARNER_OF_LAUNCH} = ${learnerId}
        AND l.id <= greatest(${upTo}::uuid, ${boundAt(begunAt)}::uuid)
      LIMIT ${ATTEMPTS_AT_ONCE}
    ),
    locked AS MATERIALIZED (
      SELECT a.id, a.registration_key, a.attempt FROM scorm_attempts a
      WHERE a.id IN (SELECT attempt_id FROM of_learner) ORDER BY a.id FOR UPDATE SKIP LOCKED
    ),
    completions_forgotten AS (
      DELETE FROM scorm_completions c USING locked l
      WHERE c.tenant_id = ${tenantId}::uuid AND c.registration_key = l.registration_key
        AND c.attempt = l.attempt
    ),
    forgotten AS (
      DELETE FROM scorm_attempts a USING locked l WHERE a.id = l.id RETURNING a.id
    )
    SELECT (SELECT count(*)::integer FROM of_learner) AS found,
      (SELECT count(*)::integer FROM forgotten) AS forgotten`;
  return row.found < ATTEMPTS_AT_ONCE && row.forgotten === row.found;
}
