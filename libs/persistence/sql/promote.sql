WITH sessions AS (
  SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS s (webhook_id, ordering_key)
),
firsts AS MATERIALIZED (
  SELECT first.delivery_id
  FROM sessions s
  CROSS JOIN LATERAL (
    SELECT d.delivery_id, d.awaits_turn, d.due_at FROM due_deliveries d
    WHERE d.webhook_id = s.webhook_id AND d.ordering_key = s.ordering_key
    ORDER BY d.ordering_number, d.event_id, d.delivery_id LIMIT 1
  ) first
  WHERE first.awaits_turn OR ($3::boolean AND first.due_at < now())
),
unlocked AS MATERIALIZED (
  SELECT d.delivery_id FROM firsts f
  JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[f.delivery_id])
  WHERE NOT coalesce(d.leased_until >= now(), false)
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE due_deliveries d SET awaits_turn = false, due_at = greatest(d.due_at, now())
FROM unlocked f
WHERE d.delivery_id = ANY (ARRAY[f.delivery_id])
RETURNING d.webhook_id
