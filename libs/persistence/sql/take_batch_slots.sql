WITH asking AS MATERIALIZED (
  SELECT d.id AS delivery_id, d.lease_id, d.webhook_id, d.due_at
  FROM unnest($1::uuid[], $2::uuid[]) AS a (id, lease_id)
  JOIN batches d ON d.id = ANY (ARRAY[a.id]) AND d.lease_id = a.lease_id
),
wanted AS MATERIALIZED (
  SELECT w.id, w.status, least(w.rate_limit, w.consented_rate / 60.0) AS rate_limit, a.free
  FROM (SELECT webhook_id, count(*)::integer AS free FROM asking GROUP BY webhook_id) a
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = a.webhook_id LIMIT 1) w
  WHERE w.deleted_at IS NULL AND w.status = 'active'
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
going AS MATERIALIZED (
  SELECT a.*
  FROM wanted w
  LEFT JOIN paces p ON p.webhook_id = w.id
  CROSS JOIN LATERAL (
    SELECT * FROM asking a WHERE a.webhook_id = w.id
    ORDER BY a.due_at, a.delivery_id LIMIT coalesce(p.slots, w.free)
  ) a
),
taken_slots AS MATERIALIZED (
  SELECT o.delivery_id, o.webhook_id, p.first_slot + p.gap * (row_number() OVER (
    PARTITION BY o.webhook_id ORDER BY o.due_at, o.delivery_id) - 1) AS slot
  FROM going o JOIN paces p ON p.webhook_id = o.webhook_id
),
timetables_moved AS (
  UPDATE webhook_rates r
  SET next_slot_at = t.last_slot + p.gap
  FROM (SELECT webhook_id, max(slot) AS last_slot FROM taken_slots GROUP BY webhook_id) t
  JOIN paces p ON p.webhook_id = t.webhook_id
  WHERE r.webhook_id = ANY (ARRAY[t.webhook_id])
),
given_back AS (
  UPDATE batches d SET lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM asking a
  WHERE d.id = ANY (ARRAY[a.delivery_id]) AND (d.lease_id = a.lease_id) IS TRUE
    AND a.delivery_id NOT IN (SELECT delivery_id FROM going)
  RETURNING a.webhook_id, a.due_at
)
SELECT g.delivery_id, g.webhook_id, extract(epoch FROM s.slot - clock_timestamp())::float8 AS start_in,
  NULL::float8 AS due_at
FROM going g
LEFT JOIN taken_slots s ON s.delivery_id = g.delivery_id
UNION ALL
SELECT NULL, b.webhook_id, p.seconds, b.due_at
FROM (
  SELECT webhook_id, (extract(epoch FROM min(due_at)) * 1000)::float8 AS due_at
  FROM given_back GROUP BY webhook_id
) b
LEFT JOIN (
  SELECT p.webhook_id, coalesce(
    extract(epoch FROM p.first_slot + p.gap * p.slots - clock_timestamp()) - 0.1,
    0.025)::float8 AS seconds
  FROM paces p
  WHERE p.slots < p.free AND p.slots <= (
    SELECT count(*) FROM taken_slots t WHERE t.webhook_id = p.webhook_id)
) p ON p.webhook_id = b.webhook_id
