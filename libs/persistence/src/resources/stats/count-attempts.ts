import { timeOfUuidV7 } from '@schoolbell/delivery';
import { boundAt } from '../../database/id-range.js';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import { BUCKET_OF_ATTEMPT, HOUR_OF_ATTEMPT } from '../../steps/response-time.js';
import type { CountRow } from './attempt-stats.js';

/** Attempts of the last minutes are counted as they are read; of all tenants, this many are looked at. */
const MOST_UNCOUNTED = 20_000;

export interface CountedAttempts {
  counts: CountRow[];
  /** Attempts that ended later are not among them. */
  until: Date;
}

/** Counts the attempts of a tenant's webhooks, also of deleted ones, from `from` on: first what is counted already. */
export async function countAttempts(
  rows: ReadRows,
  tenantId: string,
  from: Date,
  now: Date,
): Promise<CountedAttempts> {
  const webhooks = await rows<{ id: string }>(
    Prisma.sql`SELECT id FROM webhooks WHERE tenant_id = ${tenantId}::uuid`,
  );
  const ids = webhooks.map(({ id }) => id);
  const [progress] = await rows<{ countedTo: string }>(
    Prisma.sql`SELECT counted_to AS "countedTo" FROM attempt_counts_progress`,
  );
  const begin = [progress!.countedTo, boundAt(from)].toSorted().at(-1)!;
  const [end] = await rows<{ id: string }>(Prisma.sql`
    SELECT id FROM attempts WHERE id >= ${begin}::uuid
    ORDER BY id OFFSET ${MOST_UNCOUNTED} LIMIT 1`);
  const counts = await rows<CountRow>(Prisma.sql`
    SELECT hour, outcome, bucket, attempts FROM tenant_attempt_counts
    WHERE tenant_id = ${tenantId}::uuid AND hour >= ${from}
    UNION ALL
    SELECT ${Prisma.raw(HOUR_OF_ATTEMPT)}, a.outcome, ${Prisma.raw(BUCKET_OF_ATTEMPT)}, count(*)::integer
    FROM attempts a
    WHERE a.id >= ${begin}::uuid ${end ? Prisma.sql`AND a.id < ${end.id}::uuid` : Prisma.empty}
      AND a.webhook_id = ANY (${ids}::uuid[]) AND a.trigger NOT IN ('test', 'fallback')
    GROUP BY 1, 2, 3`);
  return { counts, until: end ? new Date(timeOfUuidV7(end.id)) : now };
}
