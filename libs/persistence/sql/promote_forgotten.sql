WITH RECURSIVE sessions AS (
  (SELECT d.webhook_id, d.ordering_key, d.delivery_id, d.awaits_turn FROM due_deliveries d
  WHERE d.ordering_key IS NOT NULL AND (d.webhook_id, d.ordering_key) > ($1::uuid, $2::text)
  ORDER BY d.webhook_id, d.ordering_key, d.ordering_number, d.event_id, d.delivery_id LIMIT 1)
  UNION ALL
  SELECT next.*
  FROM sessions s
  CROSS JOIN LATERAL (
    SELECT d.webhook_id, d.ordering_key, d.delivery_id, d.awaits_turn FROM due_deliveries d
    WHERE d.ordering_key IS NOT NULL AND (d.webhook_id, d.ordering_key) > (s.webhook_id, s.ordering_key)
    ORDER BY d.webhook_id, d.ordering_key, d.ordering_number, d.event_id, d.delivery_id LIMIT 1
  ) next
),
looked_at AS MATERIALIZED (
  SELECT * FROM sessions LIMIT $3
),
forgotten AS (
  SELECT delivery_id FROM looked_at WHERE awaits_turn
),
unlocked AS MATERIALIZED (
  SELECT d.delivery_id FROM forgotten f
  JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[f.delivery_id])
  WHERE NOT coalesce(d.leased_until >= now(), false)
  FOR UPDATE OF d SKIP LOCKED
),
promoted AS (
  UPDATE due_deliveries d SET awaits_turn = false, due_at = greatest(d.due_at, now())
  FROM unlocked f
  WHERE d.delivery_id = ANY (ARRAY[f.delivery_id])
  RETURNING d.webhook_id
)
SELECT (SELECT count(*) FROM promoted) AS promoted, l.webhook_id, l.ordering_key
FROM (VALUES (true)) AS always (row)
LEFT JOIN (SELECT webhook_id, ordering_key FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) l ON true
