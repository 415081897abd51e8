import { Prisma } from '../generated/client.js';

/**
 * Events of nearly the same moment may wait in another order than that of their ids, which are made by the
 * clocks of several APIs. So many of a session that follow each other by their ids are looked at.
 */
const NEIGHBOURS = 100;

/**
 * The place of a delivery `m` in its session: before the first that waits of those whose events were accepted
 * later, behind all when there is none. It shares the number of that one, and `hasItsTurn` goes by their
 * events then.
 */
const PLACE = Prisma.sql`
  coalesce((
    SELECT min(later.ordering_number) FROM (
      SELECT n.ordering_number FROM due_deliveries n
      WHERE n.webhook_id = m.webhook_id AND n.ordering_key = s.session_id AND n.event_id > m.event_id
      ORDER BY n.event_id LIMIT ${NEIGHBOURS}
    ) later
  ), nextval('delivery_order'))`;

/**
 * Makes deliveries due now, as the first attempt of a cycle begun by hand; those of a webhook that is ordered
 * queue with their sessions.
 *
 * @param moved name of a step with `id`, `tenant_id`, `webhook_id`, `event_id` and `attempt_count`
 */
export function dueByHand(moved: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, trigger, attempt_count,
      ordering_key, ordering_number)
    SELECT m.id, m.tenant_id, m.webhook_id, m.event_id, now(), 'manual', m.attempt_count, s.session_id,
      CASE WHEN s.session_id IS NOT NULL THEN ${PLACE} END
    FROM ${moved} m
    LEFT JOIN LATERAL (
      SELECT e.session_id FROM webhooks w JOIN events e ON e.id = m.event_id
      WHERE w.id = m.webhook_id AND w.ordering = 'session'
    ) s ON true
    ORDER BY m.event_id`;
}
