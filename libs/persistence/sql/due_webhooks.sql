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
  SELECT * FROM hop LIMIT $3
),
found AS (
  SELECT l.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted, free.due_at
  FROM looked_at l
  LEFT JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = l.webhook_id LIMIT 1) w ON true
  LEFT JOIN LATERAL (
    SELECT d.due_at FROM due_deliveries d
    WHERE w.status = 'active' AND d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn
      AND d.due_at >= l.due_at AND d.due_at <= now() + interval '500 microseconds'
      AND (d.leased_until IS NULL OR (d.leased_until < now()
        AND d.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
          THEN e.began_at ELSE '-infinity' END
        FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
    ORDER BY d.due_at, d.delivery_id LIMIT 1
  ) free ON true
  WHERE w.id IS NULL OR w.deleted_at IS NOT NULL OR free.due_at IS NOT NULL
  LIMIT $2
)
SELECT f.webhook_id, f.deleted, (extract(epoch FROM f.due_at) * 1000)::float8 AS due_at,
  (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
FROM (VALUES (true)) AS always (row)
LEFT JOIN found f ON true
