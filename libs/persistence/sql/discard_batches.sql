UPDATE batches b SET status = 'discarded', lease_id = NULL, leased_at = NULL, leased_until = NULL
WHERE b.webhook_id = ANY ($1::uuid[]) AND b.status = 'waiting' AND (b.leased_until IS NULL OR (b.leased_until < now()
  AND b.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
    THEN e.began_at ELSE '-infinity' END
  FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
  AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = b.webhook_id AND w.deleted_at IS NULL)
