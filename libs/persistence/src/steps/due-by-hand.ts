import { Prisma } from '../generated/client.js';
import { sendsBatches } from './predicates.js';

/**
 * Events of nearly the same moment may wait in another order than that of their ids, which are made by the
 * clocks of several APIs. So many of a session that follow each other by their ids are looked at.
 */
const NEIGHBOURS = 100;

/**
 * The place of a delivery `m` in its session: before the first that waits of those whose events were accepted
 * later, behind all when there is none. It shares the number of that one, and their events decide then.
 */
const PLACE = Prisma.sql`
  coalesce((
    SELECT min(later.ordering_number) FROM (
      SELECT n.ordering_number FROM due_deliveries n
      WHERE n.webhook_id = m.webhook_id AND n.ordering_key = s.session_id AND n.event_id > m.event_id
      ORDER BY n.event_id LIMIT ${NEIGHBOURS}
    ) later
  ), nextval('delivery_order'))`;

/** Another delivery of its session is before `p`, which has a place: it awaits its turn. */
const HAS_ONE_BEFORE = Prisma.raw(`EXISTS (
          SELECT FROM due_deliveries b
          WHERE b.webhook_id = p.webhook_id AND b.ordering_key = p.session_id
            AND (b.ordering_number, b.event_id, b.delivery_id) < (p.place, p.event_id, p.id))`);

/** The webhook of a delivery `p` sends batches. */
const COLLECTS = Prisma.raw(
  `(SELECT ${sendsBatches('w')} FROM webhooks w WHERE w.id = p.webhook_id)`,
);

interface ByHand {
  /** Webhooks that send batches collect them; otherwise, each goes alone. */
  inBatches?: boolean;
}

/**
 * Makes deliveries due now, as the first attempt of a cycle begun by hand; those of a webhook that is ordered
 * queue with their sessions.
 *
 * @param moved name of a step with `id`, `tenant_id`, `webhook_id`, `event_id` and `attempt_count`
 */
export function dueByHand(moved: Prisma.Sql, { inBatches = false }: ByHand = {}): Prisma.Sql {
  const collects = inBatches ? COLLECTS : Prisma.sql`false`;
  return Prisma.sql`
    INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at, trigger, attempt_count,
      ordering_key, ordering_number, awaits_turn)
    SELECT id, tenant_id, webhook_id, event_id, now(), 'manual', attempt_count, session_id, place,
      CASE WHEN session_id IS NULL THEN ${collects} ELSE (
        row_number() OVER (PARTITION BY webhook_id, session_id ORDER BY place, event_id, id) > 1
        OR ${HAS_ONE_BEFORE}) END
    FROM (
      SELECT m.*, s.session_id, CASE WHEN s.session_id IS NOT NULL THEN ${PLACE} END AS place
      FROM ${moved} m
      LEFT JOIN LATERAL (
        SELECT e.session_id FROM webhooks w JOIN events e ON e.id = m.event_id
        WHERE w.id = m.webhook_id AND w.ordering = 'session'
      ) s ON true
      ORDER BY m.event_id
    ) p`;
}
