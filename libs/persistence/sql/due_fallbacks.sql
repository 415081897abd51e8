SELECT DISTINCT d.webhook_id
FROM fallbacks d
WHERE d.webhook_id > $1::uuid AND d.status = 'pending' AND d.due_at <= now() + interval '500 microseconds'
  AND (d.leased_until IS NULL OR (d.leased_until < now()
    AND (d.leased_at > pg_postmaster_start_time()
      OR pg_postmaster_start_time() NOT BETWEEN now() - interval '5 seconds' AND now())))
ORDER BY d.webhook_id LIMIT $2
