WITH RECURSIVE hop AS (
  (SELECT d.webhook_id, d.due_at FROM due_deliveries d
  WHERE d.webhook_id > $1::uuid AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
  ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1)
  UNION ALL
  SELECT next.webhook_id, next.due_at
  FROM hop
  CROSS JOIN LATERAL (
    SELECT d.webhook_id, d.due_at FROM due_deliveries d
    WHERE d.webhook_id > hop.webhook_id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
    ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1
  ) next
),
looked_at AS MATERIALIZED (
  SELECT * FROM hop LIMIT $3
),
ready AS MATERIALIZED (
  SELECT DISTINCT b.webhook_id FROM batches b
  WHERE b.webhook_id > $1::uuid AND b.status = 'waiting' AND b.due_at <= now() + interval '500 microseconds'
    AND (b.leased_until IS NULL OR (b.leased_until < now()
      AND b.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
        THEN e.began_at ELSE '-infinity' END
      FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
),
candidates AS (
  SELECT webhook_id, due_at FROM looked_at
  UNION ALL
  SELECT webhook_id, NULL FROM ready
),
found AS (
  SELECT c.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted,
    w.id IS NOT NULL AND NOT coalesce(w.delivery->>'mode' = 'batch', false) AS single, c.oldest
  FROM (SELECT webhook_id, min(due_at) AS oldest, bool_or(due_at IS NULL) AS ready FROM candidates GROUP BY 1) c
  LEFT JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = c.webhook_id LIMIT 1) w ON true
  WHERE w.id IS NULL OR w.deleted_at IS NOT NULL OR NOT coalesce(w.delivery->>'mode' = 'batch', false)
    OR (w.status = 'active' AND (c.ready
      OR c.oldest + (w.delivery->>'intervalSeconds')::float8 * interval '1 second'
        <= now() + interval '3 seconds'
      OR (w.delivery->>'maxEvents')::integer = (
        SELECT count(*) FROM (
          SELECT FROM due_deliveries d
          WHERE d.webhook_id = w.id AND d.awaits_turn AND d.ordering_key IS NULL AND d.batch_id IS NULL
          LIMIT (w.delivery->>'maxEvents')::integer
        ) as_many)))
  ORDER BY c.webhook_id LIMIT $2
)
SELECT f.webhook_id, f.deleted, f.single, (extract(epoch FROM f.oldest) * 1000)::float8 AS oldest,
  (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
FROM (VALUES (true)) AS always (row)
LEFT JOIN found f ON true
