SELECT DISTINCT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
FROM due_deliveries d
LEFT JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = d.webhook_id LIMIT 1) w ON true
WHERE d.test AND d.due_at <= now() + interval '500 microseconds'
  AND (d.leased_until IS NULL OR (d.leased_until < now()
    AND d.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
      THEN e.began_at ELSE '-infinity' END
    FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
LIMIT $1
