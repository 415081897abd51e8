WITH RECURSIVE hop AS (
  (SELECT d.webhook_id, d.due_at FROM due_deliveries d
  WHERE d.webhook_id > $1::uuid AND NOT d.test AND NOT d.awaits_turn
  ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1)
  UNION ALL
  SELECT next.webhook_id, next.due_at
  FROM hop
  CROSS JOIN LATERAL (
    SELECT d.webhook_id, d.due_at FROM due_deliveries d
    WHERE d.webhook_id > hop.webhook_id AND NOT d.test AND NOT d.awaits_turn
    ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1
  ) next
),
looked_at AS MATERIALIZED (
  SELECT * FROM hop LIMIT $2
)
SELECT extract(epoch FROM now() - min(oldest.due_at))::float8 AS seconds,
  extract(epoch FROM now() - min(oldest.due_at)
    FILTER (WHERE w.rate_limit IS NULL AND NOT first.under_way))::float8 AS unserved_seconds
FROM looked_at l
CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = l.webhook_id LIMIT 1) w
CROSS JOIN LATERAL (
  SELECT coalesce(d.leased_until >= now(), false) AS under_way FROM due_deliveries d
  WHERE d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn AND d.due_at >= l.due_at
  ORDER BY d.due_at, d.delivery_id LIMIT 1
) first
CROSS JOIN LATERAL (
  SELECT d.due_at FROM due_deliveries d
  WHERE d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn AND d.due_at >= l.due_at
    AND d.due_at <= now() + interval '500 microseconds' AND NOT coalesce(d.leased_until >= now(), false)
  ORDER BY d.due_at, d.delivery_id LIMIT 1
) oldest
WHERE w.status = 'active' AND w.deleted_at IS NULL
