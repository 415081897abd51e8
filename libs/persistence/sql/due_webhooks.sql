WITH RECURSIVE hop AS (
  (SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > $1::uuid
   ORDER BY d.webhook_id, d.due_at LIMIT 1)
  UNION ALL
  SELECT next.webhook_id, next.due_at
  FROM hop
  CROSS JOIN LATERAL (
    SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > hop.webhook_id
    ORDER BY d.webhook_id, d.due_at LIMIT 1
  ) next
),
looked_at AS MATERIALIZED (
  SELECT * FROM hop LIMIT $3
),
found AS (
  SELECT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
  FROM looked_at d
  LEFT JOIN webhooks w ON w.id = d.webhook_id
  WHERE w.id IS NULL OR w.deleted_at IS NOT NULL
    OR (d.due_at <= now() + interval '500 microseconds' AND w.status = 'active' AND EXISTS (
      SELECT FROM due_deliveries d
      WHERE d.webhook_id = w.id AND NOT d.test AND d.due_at <= now() + interval '500 microseconds'
        AND (d.leased_until IS NULL OR (d.leased_until < now()
          AND (d.leased_at > pg_postmaster_start_time()
            OR pg_postmaster_start_time() NOT BETWEEN now() - interval '5 seconds' AND now())))))
  LIMIT $2
)
SELECT f.webhook_id, f.deleted,
  (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
FROM (VALUES (true)) AS always (row)
LEFT JOIN found f ON true
