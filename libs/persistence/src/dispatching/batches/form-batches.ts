import { alsoHolds, isCollecting } from '../../steps/predicates.js';
import { materialized, sql, step, type Steps } from '../../steps/statement.js';

/** The events of a batch and what formats put around each, in bytes: receivers refuse bodies of more. */
const MOST_OCTETS = 1024 * 1024;
const OCTETS_AROUND_EVENT = 1024;

/**
 * If some deliveries go only with others, or instead of them, a claim looks at this many times `maxEvents` waiting
 * deliveries, and at no more than {@link MOST_LOOKED_AT}: some 1.5 ms of Postgres.
 */
const LOOKED_AT_PER_EVENT = 10;
const MOST_LOOKED_AT = 500;

/** One dispatcher at a time forms batches of a webhook. */
const ADVISORY_LOCK = 72_707_371;

/** If the webhook coalesces, only the newest of a session's events of this type goes. */
const COALESCED_TYPE = 'session.progress';

/** A sighted delivery is itself sent, and not skipped in favour of another. */
const GOES = 's.goes = s.delivery_id';

/**
 * Forms at most one batch for each webhook: of the deliveries that have waited longest, when there are as many as
 * it may have or the first has waited for `intervalSeconds`. Its members are stored, and never change.
 *
 * - `sighted`: what the webhook collects, oldest first; `goes` is the delivery that is sent for each, mostly itself,
 *   and `place` is that delivery's place among those that go. `here` is where its row was seen: the row is found
 *   there again without an index, unless somebody has changed it.
 * - `ripe`: whose turn it is, and of which `kind` if a batch holds one type only; when its time has come, even if it
 *   is not full.
 * - `chosen`, `taken`: what belongs together, and the part of it that nobody else has locked or changed. If others
 *   have taken some of a full batch, none is formed now.
 * - `measured`: those that go. A delivery whose event was pruned goes `alone`, and dies as single deliveries do.
 * - `members`: those that are within the size. The rest is collected further.
 *
 * Thousands of rows go through it, of some twenty webhooks: they carry what is needed of their webhook and their
 * event, and are asked whether they belong to a set, rather than joined, which would compare each with each.
 *
 * @param room name of a step with webhooks that send batches and have a slot free: `id`, `tenant_id`, `version`,
 *   `max_events`, `patience`, `coalesces`, `same_type`, `mark`, and `batch_id` for the batch that may be formed
 * @param most SQL for how many batches at most
 */
export function formBatches(room: string, most: string): Steps {
  return {
    sighted: materialized(sightedOf(room)),
    ripe: materialized(sql`
      SELECT DISTINCT ON (webhook_id) *
      FROM (
        SELECT s.webhook_id, s.kind, min(s.due_at) AS oldest,
          min(s.due_at) + s.patience <= now() AS by_time
        FROM sighted s
        GROUP BY s.webhook_id, s.kind, s.patience, s.max_events, s.looked_at
        HAVING count(*) FILTER (WHERE ${GOES}) >= s.max_events OR count(*) >= s.looked_at
          OR min(s.due_at) + s.patience <= now()
      ) r
      ORDER BY webhook_id, oldest`),
    forming: materialized(sql`
      SELECT r.* FROM ripe r
      WHERE pg_try_advisory_xact_lock(${ADVISORY_LOCK}, hashtext(r.webhook_id::text))
      ORDER BY r.oldest LIMIT ${most}`),
    chosen: materialized(sql`
      SELECT s.*
      FROM sighted s
      WHERE s.place <= s.max_events
        AND ${alsoHolds(`(s.webhook_id, coalesce(s.kind, '')) IN (SELECT webhook_id, coalesce(kind, '') FROM forming)`)}`),
    taken: materialized(sql`
      SELECT c.*
      FROM chosen c
      JOIN due_deliveries d ON d.ctid = c.here AND ${alsoHolds(isCollecting('d'))}
      FOR UPDATE OF d SKIP LOCKED`),
    complete: materialized(sql`
      SELECT f.webhook_id
      FROM forming f
      JOIN (SELECT webhook_id, count(*) AS deliveries FROM chosen GROUP BY 1) c ON c.webhook_id = f.webhook_id
      JOIN (SELECT webhook_id, count(*) AS deliveries FROM taken GROUP BY 1) t ON t.webhook_id = f.webhook_id
      WHERE f.by_time OR c.deliveries = t.deliveries`),
    measured: materialized(sql`
      SELECT s.batch_id, s.tenant_id, s.webhook_id, s.delivery_id, s.event_id, s.due_at, s.here, e.type, e.occurred_at,
        e.accepted_at, e.payload, octet_length(e.payload) + ${OCTETS_AROUND_EVENT} AS octets
      FROM taken s
      LEFT JOIN events e ON e.id = s.event_id
      WHERE ${GOES} AND ${alsoHolds('s.webhook_id IN (SELECT webhook_id FROM complete)')}`),
    members: materialized(sql`
      SELECT * FROM (
        SELECT *, row_number() OVER in_order AS position, sum(octets) OVER in_order AS octets_so_far
        FROM measured WHERE octets IS NOT NULL
        WINDOW in_order AS (PARTITION BY batch_id ORDER BY due_at, delivery_id)
      ) m
      WHERE position = 1 OR octets_so_far <= ${MOST_OCTETS}`),
    formed: materialized(sql`
      SELECT webhook_id, batch_id AS id, count(*) AS size FROM members GROUP BY webhook_id, batch_id`),
    batches_stored: step(sql`
      INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, lease_id, leased_at, leased_until)
      SELECT f.id, r.tenant_id, r.id, r.version, f.size, $5, now(), now() + $4 * interval '1 second'
      FROM formed f JOIN ${room} r ON r.id = f.webhook_id`),
    members_formed: materialized(sql`
      SELECT batch_id, tenant_id, delivery_id, position, NULL::uuid AS coalesced_into, here FROM members
      UNION ALL
      SELECT s.batch_id, s.tenant_id, s.delivery_id, NULL, s.goes, s.here
      FROM taken s
      WHERE NOT (${GOES}) AND ${alsoHolds('s.goes IN (SELECT delivery_id FROM members)')}`),
    members_stored: step(sql`
      INSERT INTO batch_members (batch_id, tenant_id, delivery_id, position, coalesced_into)
      SELECT batch_id, tenant_id, delivery_id, position, coalesced_into FROM members_formed`),
    collected: step(sql`
      UPDATE due_deliveries d SET batch_id = m.batch_id
      FROM members_formed m
      WHERE d.ctid = m.here`),
    alone: step(sql`
      UPDATE due_deliveries d SET awaits_turn = false, due_at = greatest(d.due_at, now())
      FROM measured m
      WHERE d.ctid = m.here AND m.octets IS NULL`),
  };
}

/** Mostly, deliveries go as they came: nothing has to be sorted, and no event looked up. */
function sightedOf(room: string): string {
  return sql`
    SELECT r.id AS webhook_id, r.tenant_id, r.batch_id, r.max_events, r.patience, r.max_events AS looked_at, d.here,
      d.delivery_id, d.event_id, d.due_at, NULL AS kind, d.delivery_id AS goes, d.place
    FROM ${room} r
    CROSS JOIN LATERAL (
      SELECT *, row_number() OVER (ORDER BY due_at, delivery_id) AS place FROM (
        ${oldestOf('r', 'r.max_events')}
      ) oldest
    ) d
    WHERE NOT (r.same_type OR r.coalesces)
    UNION ALL
    ${sightedByEvents(room)}`;
}

function sightedByEvents(room: string): string {
  const place = sql`count(*) FILTER (WHERE ${GOES}) OVER (
    PARTITION BY s.webhook_id, s.kind ORDER BY s.due_at, s.delivery_id)`;
  return sql`
    SELECT s.webhook_id, s.tenant_id, s.batch_id, s.max_events, s.patience, s.looked_at, s.here, s.delivery_id,
      s.event_id, s.due_at, s.kind, s.goes, max(s.own_place) OVER (PARTITION BY s.webhook_id, s.goes) AS place
    FROM (
      SELECT s.*, CASE WHEN ${GOES} THEN ${place} END AS own_place
      FROM (
        ${collectedByEvents(room)}
      ) s
    ) s`;
}

/** What goes for each: itself, or the newest of its session. */
function collectedByEvents(room: string): string {
  const newest = sql`first_value(d.delivery_id) OVER (
    PARTITION BY r.id, e.type, e.session_id ORDER BY e.occurred_at DESC, d.event_id DESC)`;
  return sql`
    SELECT r.id AS webhook_id, r.tenant_id, r.batch_id, r.max_events, r.patience, r.looked_at, d.here, d.delivery_id,
      d.event_id, d.due_at, CASE WHEN r.same_type THEN e.type END AS kind,
      CASE WHEN r.coalesces AND e.type = '${COALESCED_TYPE}' AND e.session_id IS NOT NULL
        THEN ${newest}
        ELSE d.delivery_id END AS goes
    FROM (
      SELECT *, greatest(least(max_events * ${LOOKED_AT_PER_EVENT}, ${MOST_LOOKED_AT}), max_events) AS looked_at
      FROM ${room} WHERE same_type OR coalesces
    ) r
    CROSS JOIN LATERAL (
      ${oldestOf('r', 'r.looked_at')}
    ) d
    LEFT JOIN LATERAL (
      SELECT e.type, e.session_id, e.occurred_at FROM events e WHERE e.id = d.event_id LIMIT 1
    ) e ON true`;
}

function oldestOf(webhook: string, most: string): string {
  return sql`
    SELECT d.ctid AS here, d.delivery_id, d.event_id, d.due_at FROM due_deliveries d
    WHERE d.webhook_id = ${webhook}.id AND ${isCollecting('d')} AND d.due_at >= ${webhook}.mark
    ORDER BY d.due_at, d.delivery_id LIMIT ${most}`;
}
