import { timeOfUuidV7 } from '@schoolbell/delivery';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../../steps/response-time.js';
import type { CountRow } from './attempt-stats.js';
import { beginOfUncounted } from './uncounted-attempts.js';

export interface CountedAttempts {
  counts: CountRow[];
  /** Attempts that ended later are not among them. */
  until: Date;
}

/**
 * Counts the attempts of a tenant's webhooks, also of deleted ones, from `from` on: first what is counted already.
 *
 * @param end of {@link endOfUncounted}
 */
export async function countAttempts(
  rows: ReadRows,
  tenantId: string,
  { from, end, now }: { from: Date; end: string | undefined; now: Date },
): Promise<CountedAttempts> {
  const webhooks = await rows<{ id: string }>(
    Prisma.sql`SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid`,
  );
  const ids = webhooks.map(({ id }) => id);
  const begin = await beginOfUncounted(rows, from);
  const counts = await rows<CountRow>(Prisma.sql`
    SELECT hour, outcome, bucket, attempts FROM tenant_attempt_counts
    WHERE tenant_id = ${tenantId}::uuid AND hour >= ${from}
    UNION ALL
    SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)}, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)}, count(*)::integer
    FROM attempts a
    WHERE a.id >= ${begin}::uuid ${end === undefined ? Prisma.empty : Prisma.sql`AND a.id < ${end}::uuid`}
      AND a.webhook_id = ANY (${ids}::uuid[]) AND a.trigger NOT IN ('test', 'fallback')
    GROUP BY 1, 2, 3`);
  if (end === undefined) return { counts, until: now };
  // Somebody may have counted on since the end was found.
  return { counts, until: new Date(timeOfUuidV7(begin > end ? begin : end)) };
}
