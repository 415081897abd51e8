SELECT DISTINCT d.webhook_id
FROM fallbacks d
WHERE d.webhook_id > $1::uuid AND d.status = 'pending' AND d.due_at <= now() + interval '500 microseconds'
  AND (d.leased_until IS NULL OR (d.leased_until < now()
    AND d.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
      THEN e.began_at ELSE '-infinity' END
    FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
ORDER BY d.webhook_id LIMIT $2
