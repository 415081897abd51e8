import type { ReadRows } from '../../database/read-transaction.js';
import { Prisma } from '../../generated/client.js';

/** What an event is about, and when it happened; null for an id that the event does not have. */
export interface EventSubjects {
  sessionId: string | null;
  packageId: string | null;
  dispatchId: string | null;
  /** Null also once the learner was forgotten. */
  learnerId: string | null;
  occurredAt: Date;
}

/** What a few events are about. @returns by the events' ids; those that were pruned are missing */
export async function subjectsOfEvents(
  rows: ReadRows,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, EventSubjects>> {
  if (ids.length === 0) return new Map();
  const found = await rows<EventSubjects & { id: string }>(Prisma.sql`
    SELECT id, session_id AS "sessionId", package_id AS "packageId", dispatch_id AS "dispatchId",
           learner_id AS "learnerId", occurred_at AS "occurredAt"
    FROM events WHERE id = ANY (${[...new Set(ids)]}::uuid[]) AND tenant_id = ${tenantId}::uuid`);
  return new Map(found.map(({ id, ...subjects }) => [id, subjects]));
}
