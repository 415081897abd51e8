import { Prisma } from '../../generated/client.js';
import type { TenantTransaction } from '../../database/as-tenant.js';
import type { Learner } from './erasure-selection.js';

/** An event of the learner that is to be erased. */
export interface LearnerEvent {
  id: string;
  sessionId: string | null;
  acceptedAt: Date;
}

/** What one batch takes of a learner. */
interface NextEvents {
  events: LearnerEvent[];
  /** None comes after them. */
  areLast: boolean;
}

/** Erasing so many takes Postgres a tenth of a second. */
const EVENTS_AT_ONCE = 100;
/** Of all events of a batch, unless it is one event that has more: that is a batch of its own. */
const DELIVERIES_AT_ONCE = 2_000;

/** Of one session, events that name no learner are few. */
const ADOPTED_AT_ONCE = 1_000;

/** The events `e` of a learner that are not erased yet. */
export function eventsOf({ tenantId, learnerId, upTo }: Learner): Prisma.Sql {
  return Prisma.sql`
    e.tenant_id = ${tenantId}::uuid AND e.learner_id = ${learnerId} AND e.id <= ${upTo}::uuid`;
}

/** The next ones in the order of their ids, locked. One that another erasure has locked is passed by. */
export async function nextEvents(
  tx: TenantTransaction,
  learner: Learner,
  after: string,
): Promise<NextEvents> {
  const found = await tx.$queryRaw<(LearnerEvent & { deliveries: number })[]>`
    WITH next AS MATERIALIZED (
      SELECT e.id, e.session_id AS "sessionId", e.accepted_at AS "acceptedAt" FROM events e
      WHERE ${eventsOf(learner)} AND e.id > ${after}::uuid
      ORDER BY e.id LIMIT ${EVENTS_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
    )
    SELECT n.*, (SELECT count(*)::integer FROM deliveries d WHERE d.event_id = n.id) AS deliveries
    FROM next n ORDER BY n.id`;
  let deliveries = 0;
  const events = found.filter((event, index) => {
    deliveries += event.deliveries;
    return index === 0 || deliveries <= DELIVERIES_AT_ONCE;
  });
  return { events, areLast: found.length < EVENTS_AT_ONCE && events.length === found.length };
}

export async function someEventsLeft(tx: TenantTransaction, learner: Learner): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ left: boolean }]>`
    SELECT EXISTS (SELECT FROM events e WHERE ${eventsOf(learner)}) AS left`;
  return row.left;
}

/**
 * Makes events that name no learner, but are of these sessions, the learner's: they are erased like the others.
 *
 * @returns how many were found
 */
export async function adoptEvents(
  tx: TenantTransaction,
  { tenantId, learnerId, upTo }: Learner,
  events: readonly LearnerEvent[],
): Promise<number> {
  const sessionIds = [...new Set(events.flatMap(({ sessionId }) => sessionId ?? []))];
  if (sessionIds.length === 0) return 0;
  return tx.$executeRaw`
    UPDATE events SET learner_id = ${learnerId} WHERE id IN (
      SELECT e.id FROM events e
      WHERE e.session_id = ANY (${sessionIds}) AND e.tenant_id = ${tenantId}::uuid
        AND e.learner_id IS NULL AND e.id <= ${upTo}::uuid
      LIMIT ${ADOPTED_AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED)`;
}
