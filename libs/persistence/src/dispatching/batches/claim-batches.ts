import {
  alsoHolds,
  isDue,
  isRow,
  isUnleased,
  sendsBatches,
  webhookOf,
} from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';
import { LATEST_COMMIT } from '../deliveries/claim.js';
import {
  AWAITS_SLOT,
  RATE_OF_CLAIM,
  moveTimetables,
  pacedWebhooksOf,
  pacesOf,
  takenSlotsOf,
  timetablesOf,
} from '../deliveries/rate-limit.js';
import { formBatches } from './form-batches.js';
import { attemptsOfMembers, insertInterruptedBatches } from './members-of-batches.js';

/** Another dispatcher is forming a batch of the webhook: when to look again, in seconds. */
const LOOK_AGAIN = 0.025;

/**
 * Leases batches of many webhooks in one statement: those that are due again, and at most one new one for each. A
 * batch is one request, and takes one place in its webhook's timetable.
 *
 * - `due`: what can be leased. The members that are still in it are locked, so that none is taken out in the
 *   meantime.
 * - `whole`: only these are sent again. A batch from which a member was taken out, or that was formed before its
 *   webhook was paused or its settings allowed less, is `broken` up: the rest is collected anew. A batch with a
 *   member that somebody has locked is neither: the deletion of that member may be undone, and the member would be
 *   left behind in a batch that no longer exists.
 *
 * `$1` webhook ids, `$2` free slots of each, `$3` limit, `$4` lease in seconds, `$5` lease id, `$6` where
 * to begin for each to look at what it collects, in Unix milliseconds, null for the beginning
 */
export const CLAIM_BATCHES = statement(
  {
    wanted: materialized(sql`
      SELECT w.id, w.tenant_id, w.version, w.resumed_version, w.url, w.format, w.status,
        ${RATE_OF_CLAIM} AS rate_limit,
        ${AWAITS_SLOT} AS awaits_slot, s.free,
        coalesce(to_timestamp(s.mark / 1000), '-infinity') AS mark,
        (w.delivery->>'maxEvents')::integer AS max_events,
        (w.delivery->>'intervalSeconds')::float8 * interval '1 second' AS patience,
        coalesce(w.delivery->>'coalesce' = 'true', false) AS coalesces,
        coalesce(w.delivery->>'sameType' = 'true', false) AS same_type
      FROM unnest($1::uuid[], $2::integer[], $6::float8[]) AS s (webhook_id, free, mark)
      CROSS JOIN ${webhookOf('s.webhook_id')}
      WHERE w.deleted_at IS NULL AND ${sendsBatches('w')}`),
    timetables: materialized(timetablesOf('wanted')),
    paces: materialized(pacesOf('wanted', 'timetables')),
    due: materialized(sql`
      SELECT b.*, b.id AS delivery_id, w.version, w.resumed_version, w.max_events, w.same_type, w.url, w.format
      FROM wanted w
      LEFT JOIN paces p ON p.webhook_id = w.id
      CROSS JOIN LATERAL (
        SELECT * FROM batches b
        WHERE w.status = 'active' AND b.webhook_id = w.id AND b.status = 'waiting' AND ${isDue('b')}
          AND ${isUnleased('b')}
        ORDER BY b.due_at, b.id LIMIT coalesce(p.slots, w.free)
        FOR UPDATE SKIP LOCKED
      ) b
      LIMIT $3`),
    still_in: materialized(sql`
      SELECT m.batch_id, m.delivery_id, m.position, d.event_id
      FROM due b
      JOIN batch_members m ON ${isRow('m.batch_id', 'b.id')}
      JOIN due_deliveries d ON ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')}
      FOR UPDATE OF d SKIP LOCKED`),
    sendable: materialized(sql`
      SELECT i.batch_id, count(*) AS size, count(DISTINCT e.type) AS types
      FROM still_in i JOIN events e ON e.id = i.event_id
      WHERE i.position IS NOT NULL
      GROUP BY i.batch_id`),
    whole: materialized(sql`
      SELECT b.* FROM due b JOIN sendable s ON s.batch_id = b.id
      WHERE s.size = b.size AND b.size <= b.max_events AND (s.types = 1 OR NOT b.same_type)
        AND b.webhook_version >= b.resumed_version`),
    broken: materialized(sql`
      SELECT * FROM due b
      WHERE id NOT IN (SELECT id FROM whole) AND NOT EXISTS (
        SELECT FROM batch_members m
        JOIN due_deliveries d ON ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')}
        WHERE ${isRow('m.batch_id', 'b.id')} AND m.delivery_id NOT IN (SELECT delivery_id FROM still_in))`),
    broken_up: step(sql`
      UPDATE batches t SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
      FROM broken b
      WHERE ${isRow('t.id', 'b.id')}`),
    collected_anew: step(sql`
      UPDATE due_deliveries d SET batch_id = NULL
      FROM still_in i
      WHERE ${isRow('d.delivery_id', 'i.delivery_id')} AND i.batch_id IN (SELECT id FROM broken)`),
    cut_off: materialized(sql`
      SELECT * FROM due
      WHERE lease_id IS NOT NULL AND (id IN (SELECT id FROM whole) OR id IN (SELECT id FROM broken))`),
    attempts_cut_off: step(insertInterruptedBatches('cut_off')),
    deliveries_cut_off: step(attemptsOfMembers('cut_off')),
    leased: step(sql`
      UPDATE batches t
      SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second',
          attempt_count = t.attempt_count + (t.lease_id IS NOT NULL)::integer,
          interruptions = t.interruptions + (t.lease_id IS NOT NULL)::integer
      FROM whole b
      WHERE ${isRow('t.id', 'b.id')}
      RETURNING t.id, t.attempt_count, t.cycle_failures, t.interruptions`),
    room: materialized(sql`
      SELECT w.*, new_uuid_v7() AS batch_id FROM wanted w LEFT JOIN paces p ON p.webhook_id = w.id
      WHERE w.status = 'active'
        AND coalesce(p.slots, w.free) > (SELECT count(*) FROM due b WHERE b.webhook_id = w.id)`),
    ...formBatches('room', 'greatest($3 - (SELECT count(*) FROM due), 0)'),
    to_go: materialized(sql`
      SELECT id, id AS delivery_id, webhook_id, due_at FROM whole
      UNION ALL
      SELECT id, id, webhook_id, now() FROM formed`),
    taken_slots: materialized(takenSlotsOf('to_go', 'paces')),
    timetables_moved: step(moveTimetables('taken_slots', 'paces')),
  },
  sql`
  SELECT 'batch' AS kind, g.id, g.webhook_id, w.tenant_id, w.version,
    coalesce(l.attempt_count, 0) AS attempt_count, coalesce(l.cycle_failures, 0) AS cycle_failures,
    coalesce(l.interruptions, 0) AS interruptions, EXISTS (SELECT FROM cut_off c WHERE c.id = g.id) AS taken_over,
    extract(epoch FROM s.slot - clock_timestamp())::float8 AS seconds, w.awaits_slot, NULL::integer AS position,
    NULL::uuid AS delivery_id, NULL::uuid AS event_id, NULL AS type, NULL::float8 AS occurred_at,
    NULL::float8 AS accepted_at, NULL AS payload
  FROM to_go g
  JOIN wanted w ON w.id = g.webhook_id
  LEFT JOIN leased l ON l.id = g.id
  LEFT JOIN taken_slots s ON s.delivery_id = g.id
  UNION ALL
  SELECT 'member', m.batch_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, m.position::integer,
    m.delivery_id, m.event_id, m.type, date_part('epoch', m.occurred_at), date_part('epoch', m.accepted_at), m.payload
  FROM (
    SELECT batch_id, delivery_id, position, event_id, type, occurred_at, accepted_at, payload FROM members
    UNION ALL
    SELECT i.batch_id, i.delivery_id, i.position, i.event_id, e.type, e.occurred_at, e.accepted_at, e.payload
    FROM still_in i JOIN events e ON e.id = i.event_id
    WHERE i.position IS NOT NULL AND ${alsoHolds('i.batch_id IN (SELECT id FROM whole)')}
  ) m
  UNION ALL
  SELECT o.kind, NULL, o.webhook_id, NULL, NULL, NULL, NULL, NULL, NULL, o.seconds, NULL, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL
  FROM (
    SELECT 'paced' AS kind, webhook_id, seconds FROM (
      ${pacedWebhooksOf('paces', 'taken_slots')}
    ) p
    UNION ALL
    SELECT 'sighted', webhook_id, (extract(epoch FROM
      least(min(due_at), now() - interval '${LATEST_COMMIT} seconds')) * 1000)::float8
    FROM sighted GROUP BY webhook_id
    UNION ALL
    SELECT DISTINCT 'broken', webhook_id, NULL::float8 FROM broken
    UNION ALL
    SELECT 'more', webhook_id, NULL FROM (SELECT webhook_id FROM broken UNION SELECT webhook_id FROM formed) f
    UNION ALL
    SELECT 'collecting', webhook_id, greatest(
      extract(epoch FROM min(due_at + patience) - clock_timestamp()), ${LOOK_AGAIN})::float8
    FROM sighted
    WHERE webhook_id NOT IN (SELECT webhook_id FROM formed)
    GROUP BY webhook_id
  ) o`,
);
