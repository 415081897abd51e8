SELECT DISTINCT d.webhook_id
FROM due_deliveries d
JOIN webhooks w ON w.id = d.webhook_id AND w.deleted_at IS NULL
WHERE d.test AND d.due_at <= now() + interval '500 microseconds'
  AND (d.leased_until IS NULL OR (d.leased_until < now()
    AND (d.leased_at > pg_postmaster_start_time()
      OR pg_postmaster_start_time() NOT BETWEEN now() - interval '5 seconds' AND now())))
LIMIT $1
