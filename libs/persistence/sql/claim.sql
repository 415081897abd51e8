WITH wanted AS MATERIALIZED (
  SELECT w.id, w.version, w.url, w.format, w.status, s.free,
    CASE WHEN w.filter IS NULL THEN least(w.rate_limit, w.consented_rate / 60.0) END AS rate_limit,
    (w.filter IS NOT NULL AND least(w.rate_limit, w.consented_rate / 60.0) IS NOT NULL) AS awaits_slot,
    coalesce(to_timestamp(s.mark / 1000), '-infinity') AS mark
  FROM unnest($1::uuid[], $2::integer[], $6::float8[]) AS s (webhook_id, free, mark)
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = s.webhook_id LIMIT 1) w
  WHERE w.deleted_at IS NULL
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
tests AS MATERIALIZED (
  SELECT d.delivery_id, d.tenant_id, d.webhook_id, d.event_id, d.trigger, d.test, d.attempt_count,
  d.cycle_failures, d.interruptions, d.lease_id, d.leased_at
  FROM due_deliveries d
  WHERE d.test AND d.webhook_id = ANY ($1::uuid[]) AND d.due_at <= now() + interval '500 microseconds'
    AND d.lease_id IS NULL
  ORDER BY d.due_at LIMIT 4
  FOR UPDATE SKIP LOCKED
),
others AS MATERIALIZED (
  SELECT d.*, w.version, w.url, w.format, w.awaits_slot
  FROM wanted w
  LEFT JOIN paces p ON p.webhook_id = w.id
  CROSS JOIN LATERAL (
    SELECT d.delivery_id, d.tenant_id, d.webhook_id, d.event_id, d.trigger, d.test, d.attempt_count,
    d.cycle_failures, d.interruptions, d.lease_id, d.leased_at, d.due_at
    FROM due_deliveries d
    WHERE w.status = 'active' AND d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn
      AND d.due_at >= w.mark AND d.due_at <= now() + interval '500 microseconds'
      AND d.lease_id IS NULL
      AND (d.ordering_key IS NULL OR (
        d.delivery_id = (SELECT first.delivery_id FROM due_deliveries first
        WHERE first.webhook_id = d.webhook_id AND first.ordering_key = d.ordering_key
        ORDER BY first.ordering_number, first.event_id, first.delivery_id LIMIT 1)
        AND (d.trigger <> 'manual' OR NOT EXISTS (
          SELECT FROM due_deliveries other
          WHERE other.webhook_id = d.webhook_id AND other.ordering_key = d.ordering_key
            AND coalesce(other.leased_until >= now(), false)))))
    ORDER BY d.due_at, d.delivery_id LIMIT coalesce(p.slots, w.free)
    FOR UPDATE SKIP LOCKED
  ) d
  LIMIT $3
),
picked AS MATERIALIZED (
  SELECT t.*, NULL::timestamptz AS due_at, w.version, w.url, w.format, false AS awaits_slot
  FROM tests t JOIN wanted w ON w.id = t.webhook_id
  UNION ALL
  SELECT * FROM others
),
taken_slots AS MATERIALIZED (
  SELECT o.delivery_id, o.webhook_id, p.first_slot + p.gap * (row_number() OVER (
    PARTITION BY o.webhook_id ORDER BY o.due_at, o.delivery_id) - 1) AS slot
  FROM others o JOIN paces p ON p.webhook_id = o.webhook_id
),
timetables_moved AS (
  UPDATE webhook_rates r
  SET next_slot_at = t.last_slot + p.gap
  FROM (SELECT webhook_id, max(slot) AS last_slot FROM taken_slots GROUP BY webhook_id) t
  JOIN paces p ON p.webhook_id = t.webhook_id
  WHERE r.webhook_id = ANY (ARRAY[t.webhook_id])
),
leased AS (
  UPDATE due_deliveries d
  SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second',
      attempt_count = d.attempt_count + (d.lease_id IS NOT NULL)::integer,
      interruptions = d.interruptions + (d.lease_id IS NOT NULL)::integer
  FROM picked p
  WHERE d.delivery_id = ANY (ARRAY[p.delivery_id])
  RETURNING d.delivery_id, d.event_id, d.webhook_id, d.attempt_count, d.cycle_failures,
    d.interruptions, d.trigger, d.test, d.ordering_key, p.version, p.awaits_slot,
    p.lease_id IS NOT NULL AS taken_over,
    least(p.due_at, now() - interval '5 seconds') AS looked_to
)
SELECT l.delivery_id, l.webhook_id, l.version, l.attempt_count, l.cycle_failures, l.interruptions,
  l.trigger, l.test, l.ordering_key IS NOT NULL AS ordered, l.taken_over, l.event_id, e.tenant_id, e.type,
  e.occurred_at, e.accepted_at, e.payload, l.awaits_slot,
  CASE WHEN NOT l.test THEN (extract(epoch FROM l.looked_to) * 1000)::float8 END AS looked_to,
  extract(epoch FROM s.slot - clock_timestamp())::float8 AS start_in
FROM leased l
LEFT JOIN events e ON e.id = l.event_id
LEFT JOIN taken_slots s ON s.delivery_id = l.delivery_id
UNION ALL
SELECT NULL, p.webhook_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, p.seconds
FROM (
  SELECT p.webhook_id, coalesce(
    extract(epoch FROM p.first_slot + p.gap * p.slots - clock_timestamp()) - 0.1,
    0.025)::float8 AS seconds
  FROM paces p
  WHERE p.slots < p.free AND p.slots <= (
    SELECT count(*) FROM taken_slots t WHERE t.webhook_id = p.webhook_id)
) p
