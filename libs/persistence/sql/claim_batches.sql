WITH wanted AS MATERIALIZED (
  SELECT w.id, w.tenant_id, w.version, w.resumed_version, w.url, w.format, w.status,
    CASE WHEN w.filter IS NULL THEN least(w.rate_limit, w.consented_rate / 60.0) END AS rate_limit,
    (w.filter IS NOT NULL AND least(w.rate_limit, w.consented_rate / 60.0) IS NOT NULL) AS awaits_slot, s.free,
    coalesce(to_timestamp(s.mark / 1000), '-infinity') AS mark,
    (w.delivery->>'maxEvents')::integer AS max_events,
    (w.delivery->>'intervalSeconds')::float8 * interval '1 second' AS patience,
    coalesce(w.delivery->>'coalesce' = 'true', false) AS coalesces,
    coalesce(w.delivery->>'sameType' = 'true', false) AS same_type
  FROM unnest($1::uuid[], $2::integer[], $6::float8[]) AS s (webhook_id, free, mark)
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = s.webhook_id LIMIT 1) w
  WHERE w.deleted_at IS NULL AND coalesce(w.delivery->>'mode' = 'batch', false)
),
timetables AS MATERIALIZED (
  SELECT r.webhook_id, r.next_slot_at
  FROM wanted w
  CROSS JOIN LATERAL (
    SELECT * FROM webhook_rates r WHERE r.webhook_id = w.id FOR UPDATE SKIP LOCKED
  ) r
  WHERE w.rate_limit IS NOT NULL AND w.status = 'active' AND w.free > 0
),
paces AS MATERIALIZED (
  SELECT webhook_id, free, first_slot, gap,
    greatest(0, least(free, coalesce(floor(extract(epoch FROM clock_timestamp() - first_slot
      + interval '0.2 s') / extract(epoch FROM gap)) + 1, 0)))::integer AS slots
  FROM (
    SELECT w.id AS webhook_id, w.free, g.gap,
      CASE WHEN t.next_slot_at < clock_timestamp() + 2 * greatest(g.gap, interval '1 s')
        THEN greatest(t.next_slot_at, clock_timestamp())
        WHEN t.webhook_id IS NOT NULL THEN clock_timestamp() END AS first_slot
    FROM wanted w
    LEFT JOIN timetables t ON t.webhook_id = w.id
    CROSS JOIN LATERAL (SELECT interval '1.03 s' / w.rate_limit AS gap) g
    WHERE w.rate_limit IS NOT NULL AND w.status = 'active'
  ) pace
),
due AS MATERIALIZED (
  SELECT b.*, b.id AS delivery_id, w.version, w.resumed_version, w.max_events, w.same_type, w.url, w.format
  FROM wanted w
  LEFT JOIN paces p ON p.webhook_id = w.id
  CROSS JOIN LATERAL (
    SELECT * FROM batches b
    WHERE w.status = 'active' AND b.webhook_id = w.id AND b.status = 'waiting' AND b.due_at <= now() + interval '500 microseconds'
      AND (b.leased_until IS NULL OR (b.leased_until < now()
        AND b.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
          THEN e.began_at ELSE '-infinity' END
        FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
    ORDER BY b.due_at, b.id LIMIT coalesce(p.slots, w.free)
    FOR UPDATE SKIP LOCKED
  ) b
  LIMIT $3
),
still_in AS MATERIALIZED (
  SELECT m.batch_id, m.delivery_id, m.position, d.event_id
  FROM due b
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id])
  JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[m.delivery_id]) AND (d.batch_id = m.batch_id) IS TRUE
  FOR UPDATE OF d SKIP LOCKED
),
sendable AS MATERIALIZED (
  SELECT i.batch_id, count(*) AS size, count(DISTINCT e.type) AS types
  FROM still_in i JOIN events e ON e.id = i.event_id
  WHERE i.position IS NOT NULL
  GROUP BY i.batch_id
),
whole AS MATERIALIZED (
  SELECT b.* FROM due b JOIN sendable s ON s.batch_id = b.id
  WHERE s.size = b.size AND b.size <= b.max_events AND (s.types = 1 OR NOT b.same_type)
    AND b.webhook_version >= b.resumed_version
),
broken AS MATERIALIZED (
  SELECT * FROM due b
  WHERE id NOT IN (SELECT id FROM whole) AND NOT EXISTS (
    SELECT FROM batch_members m
    JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[m.delivery_id]) AND (d.batch_id = m.batch_id) IS TRUE
    WHERE m.batch_id = ANY (ARRAY[b.id]) AND m.delivery_id NOT IN (SELECT delivery_id FROM still_in))
),
broken_up AS (
  UPDATE batches t SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM broken b
  WHERE t.id = ANY (ARRAY[b.id])
),
collected_anew AS (
  UPDATE due_deliveries d SET batch_id = NULL
  FROM still_in i
  WHERE d.delivery_id = ANY (ARRAY[i.delivery_id]) AND i.batch_id IN (SELECT id FROM broken)
),
cut_off AS MATERIALIZED (
  SELECT * FROM due
  WHERE lease_id IS NOT NULL AND (id IN (SELECT id FROM whole) OR id IN (SELECT id FROM broken))
),
attempts_cut_off AS (
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), tenant_id, delivery_id, webhook_id, attempt_count + 1, 'scheduled', 'interrupted',
    leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
  FROM cut_off
),
deliveries_cut_off AS (
  UPDATE deliveries d
  SET attempt_count = d.attempt_count + 1, last_attempt_at = b.leased_at, last_response_status = NULL,
      last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
  FROM cut_off b
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id]) AND m.position IS NOT NULL
  WHERE d.id = m.delivery_id AND d.status IN ('waiting', 'discarded')
),
leased AS (
  UPDATE batches t
  SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second',
      attempt_count = t.attempt_count + (t.lease_id IS NOT NULL)::integer,
      interruptions = t.interruptions + (t.lease_id IS NOT NULL)::integer
  FROM whole b
  WHERE t.id = ANY (ARRAY[b.id])
  RETURNING t.id, t.attempt_count, t.cycle_failures, t.interruptions
),
room AS MATERIALIZED (
  SELECT w.*, new_uuid_v7() AS batch_id FROM wanted w LEFT JOIN paces p ON p.webhook_id = w.id
  WHERE w.status = 'active'
    AND coalesce(p.slots, w.free) > (SELECT count(*) FROM due b WHERE b.webhook_id = w.id)
),
sighted AS MATERIALIZED (
  SELECT r.id AS webhook_id, r.tenant_id, r.batch_id, r.max_events, r.patience, r.max_events AS looked_at, d.here,
    d.delivery_id, d.event_id, d.due_at, NULL AS kind, d.delivery_id AS goes, d.place
  FROM room r
  CROSS JOIN LATERAL (
    SELECT *, row_number() OVER (ORDER BY due_at, delivery_id) AS place FROM (
      SELECT d.ctid AS here, d.delivery_id, d.event_id, d.due_at FROM due_deliveries d
      WHERE d.webhook_id = r.id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL AND d.due_at >= r.mark
      ORDER BY d.due_at, d.delivery_id LIMIT r.max_events
    ) oldest
  ) d
  WHERE NOT (r.same_type OR r.coalesces)
  UNION ALL
  SELECT s.webhook_id, s.tenant_id, s.batch_id, s.max_events, s.patience, s.looked_at, s.here, s.delivery_id,
    s.event_id, s.due_at, s.kind, s.goes, max(s.own_place) OVER (PARTITION BY s.webhook_id, s.goes) AS place
  FROM (
    SELECT s.*, CASE WHEN s.goes = s.delivery_id THEN count(*) FILTER (WHERE s.goes = s.delivery_id) OVER (
        PARTITION BY s.webhook_id, s.kind ORDER BY s.due_at, s.delivery_id) END AS own_place
    FROM (
      SELECT r.id AS webhook_id, r.tenant_id, r.batch_id, r.max_events, r.patience, r.looked_at, d.here, d.delivery_id,
        d.event_id, d.due_at, CASE WHEN r.same_type THEN e.type END AS kind,
        CASE WHEN r.coalesces AND e.type = 'session.progress' AND e.session_id IS NOT NULL
          THEN first_value(d.delivery_id) OVER (
              PARTITION BY r.id, e.type, e.session_id ORDER BY e.occurred_at DESC, d.event_id DESC)
          ELSE d.delivery_id END AS goes
      FROM (
        SELECT *, greatest(least(max_events * 10, 500), max_events) AS looked_at
        FROM room WHERE same_type OR coalesces
      ) r
      CROSS JOIN LATERAL (
        SELECT d.ctid AS here, d.delivery_id, d.event_id, d.due_at FROM due_deliveries d
        WHERE d.webhook_id = r.id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL AND d.due_at >= r.mark
        ORDER BY d.due_at, d.delivery_id LIMIT r.looked_at
      ) d
      LEFT JOIN LATERAL (
        SELECT e.type, e.session_id, e.occurred_at FROM events e WHERE e.id = d.event_id LIMIT 1
      ) e ON true
    ) s
  ) s
),
ripe AS MATERIALIZED (
  SELECT DISTINCT ON (webhook_id) *
  FROM (
    SELECT s.webhook_id, s.kind, min(s.due_at) AS oldest,
      min(s.due_at) + s.patience <= now() AS by_time
    FROM sighted s
    GROUP BY s.webhook_id, s.kind, s.patience, s.max_events, s.looked_at
    HAVING count(*) FILTER (WHERE s.goes = s.delivery_id) >= s.max_events OR count(*) >= s.looked_at
      OR min(s.due_at) + s.patience <= now()
  ) r
  ORDER BY webhook_id, oldest
),
forming AS MATERIALIZED (
  SELECT r.* FROM ripe r
  WHERE pg_try_advisory_xact_lock(72707371, hashtext(r.webhook_id::text))
  ORDER BY r.oldest LIMIT greatest($3 - (SELECT count(*) FROM due), 0)
),
chosen AS MATERIALIZED (
  SELECT s.*
  FROM sighted s
  WHERE s.place <= s.max_events
    AND ((s.webhook_id, coalesce(s.kind, '')) IN (SELECT webhook_id, coalesce(kind, '') FROM forming)) IS TRUE
),
taken AS MATERIALIZED (
  SELECT c.*
  FROM chosen c
  JOIN due_deliveries d ON d.ctid = c.here AND (d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL) IS TRUE
  FOR UPDATE OF d SKIP LOCKED
),
complete AS MATERIALIZED (
  SELECT f.webhook_id
  FROM forming f
  JOIN (SELECT webhook_id, count(*) AS deliveries FROM chosen GROUP BY 1) c ON c.webhook_id = f.webhook_id
  JOIN (SELECT webhook_id, count(*) AS deliveries FROM taken GROUP BY 1) t ON t.webhook_id = f.webhook_id
  WHERE f.by_time OR c.deliveries = t.deliveries
),
measured AS MATERIALIZED (
  SELECT s.batch_id, s.tenant_id, s.webhook_id, s.delivery_id, s.event_id, s.due_at, s.here, e.type, e.occurred_at,
    e.accepted_at, e.payload, octet_length(e.payload) + 1024 AS octets
  FROM taken s
  LEFT JOIN events e ON e.id = s.event_id
  WHERE s.goes = s.delivery_id AND (s.webhook_id IN (SELECT webhook_id FROM complete)) IS TRUE
),
members AS MATERIALIZED (
  SELECT * FROM (
    SELECT *, row_number() OVER in_order AS position, sum(octets) OVER in_order AS octets_so_far
    FROM measured WHERE octets IS NOT NULL
    WINDOW in_order AS (PARTITION BY batch_id ORDER BY due_at, delivery_id)
  ) m
  WHERE position = 1 OR octets_so_far <= 1048576
),
formed AS MATERIALIZED (
  SELECT webhook_id, batch_id AS id, count(*) AS size FROM members GROUP BY webhook_id, batch_id
),
batches_stored AS (
  INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, lease_id, leased_at, leased_until)
  SELECT f.id, r.tenant_id, r.id, r.version, f.size, $5, now(), now() + $4 * interval '1 second'
  FROM formed f JOIN room r ON r.id = f.webhook_id
),
members_formed AS MATERIALIZED (
  SELECT batch_id, tenant_id, delivery_id, position, NULL::uuid AS coalesced_into, here FROM members
  UNION ALL
  SELECT s.batch_id, s.tenant_id, s.delivery_id, NULL, s.goes, s.here
  FROM taken s
  WHERE NOT (s.goes = s.delivery_id) AND (s.goes IN (SELECT delivery_id FROM members)) IS TRUE
),
members_stored AS (
  INSERT INTO batch_members (batch_id, tenant_id, delivery_id, position, coalesced_into)
  SELECT batch_id, tenant_id, delivery_id, position, coalesced_into FROM members_formed
),
collected AS (
  UPDATE due_deliveries d SET batch_id = m.batch_id
  FROM members_formed m
  WHERE d.ctid = m.here
),
alone AS (
  UPDATE due_deliveries d SET awaits_turn = false, due_at = greatest(d.due_at, now())
  FROM measured m
  WHERE d.ctid = m.here AND m.octets IS NULL
),
to_go AS MATERIALIZED (
  SELECT id, id AS delivery_id, webhook_id, due_at FROM whole
  UNION ALL
  SELECT id, id, webhook_id, now() FROM formed
),
taken_slots AS MATERIALIZED (
  SELECT o.delivery_id, o.webhook_id, p.first_slot + p.gap * (row_number() OVER (
    PARTITION BY o.webhook_id ORDER BY o.due_at, o.delivery_id) - 1) AS slot
  FROM to_go o JOIN paces p ON p.webhook_id = o.webhook_id
),
timetables_moved AS (
  UPDATE webhook_rates r
  SET next_slot_at = t.last_slot + p.gap
  FROM (SELECT webhook_id, max(slot) AS last_slot FROM taken_slots GROUP BY webhook_id) t
  JOIN paces p ON p.webhook_id = t.webhook_id
  WHERE r.webhook_id = ANY (ARRAY[t.webhook_id])
)
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
  WHERE i.position IS NOT NULL AND (i.batch_id IN (SELECT id FROM whole)) IS TRUE
) m
UNION ALL
SELECT o.kind, NULL, o.webhook_id, NULL, NULL, NULL, NULL, NULL, NULL, o.seconds, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL
FROM (
  SELECT 'paced' AS kind, webhook_id, seconds FROM (
    SELECT p.webhook_id, coalesce(
      extract(epoch FROM p.first_slot + p.gap * p.slots - clock_timestamp()) - 0.1,
      0.025)::float8 AS seconds
    FROM paces p
    WHERE p.slots < p.free AND p.slots <= (
      SELECT count(*) FROM taken_slots t WHERE t.webhook_id = p.webhook_id)
  ) p
  UNION ALL
  SELECT 'sighted', webhook_id, (extract(epoch FROM
    least(min(due_at), now() - interval '5 seconds')) * 1000)::float8
  FROM sighted GROUP BY webhook_id
  UNION ALL
  SELECT DISTINCT 'broken', webhook_id, NULL::float8 FROM broken
  UNION ALL
  SELECT 'more', webhook_id, NULL FROM (SELECT webhook_id FROM broken UNION SELECT webhook_id FROM formed) f
  UNION ALL
  SELECT 'collecting', webhook_id, greatest(
    extract(epoch FROM min(due_at + patience) - clock_timestamp()), 0.025)::float8
  FROM sighted
  WHERE webhook_id NOT IN (SELECT webhook_id FROM formed)
  GROUP BY webhook_id
) o
