SELECT DISTINCT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
FROM due_deliveries d
LEFT JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = d.webhook_id LIMIT 1) w ON true
WHERE d.test AND d.due_at <= now() + interval '500 microseconds'
  AND (d.leased_until IS NULL OR (d.leased_until < now()
    AND (d.leased_at > pg_postmaster_start_time()
      OR pg_postmaster_start_time() NOT BETWEEN now() - interval '5 seconds' AND now())))
LIMIT $1
