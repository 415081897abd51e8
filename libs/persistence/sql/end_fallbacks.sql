WITH pointless AS MATERIALIZED (
  SELECT d.*, coalesce(w.fallback_url, w.url) AS url, w.format,
    (d.interruptions + (d.lease_id IS NOT NULL)::integer) >= 5 AS interrupted
  FROM fallbacks d
  LEFT JOIN webhooks w ON w.id = d.webhook_id
  WHERE d.status = 'pending' AND d.due_at <= now() + interval '500 microseconds'
    AND (d.leased_until IS NULL OR (d.leased_until < now()
      AND d.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
        THEN e.began_at ELSE '-infinity' END
      FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
    AND (
      NOT EXISTS (
        SELECT FROM deliveries x JOIN events e ON e.id = x.event_id
        WHERE x.id = d.delivery_id AND x.status = 'dead')
      OR w.deleted_at IS NOT NULL OR w.fallback_url IS NULL
      OR (d.interruptions + (d.lease_id IS NOT NULL)::integer) >= 5)
  LIMIT 1000
  FOR UPDATE OF d SKIP LOCKED
),
cut_off AS (
  SELECT p.* FROM pointless p JOIN deliveries x ON x.id = p.delivery_id
  WHERE p.lease_id IS NOT NULL AND p.url IS NOT NULL
),
attempts_cut_off AS (
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), tenant_id, delivery_id, webhook_id, coalesce(attempt_number,
      (SELECT x.attempt_count + 1 FROM deliveries x WHERE x.id = delivery_id)), 'fallback', 'interrupted',
    leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
  FROM cut_off
)
UPDATE fallbacks f
SET status = CASE WHEN p.interrupted THEN 'dead' ELSE 'discarded' END,
    last_error_code = CASE WHEN p.interrupted THEN 'interrupted' ELSE f.last_error_code END,
    last_attempt_at = coalesce(p.leased_at, f.last_attempt_at),
    lease_id = NULL, leased_at = NULL, leased_until = NULL
FROM pointless p
WHERE f.delivery_id = ANY (ARRAY[p.delivery_id])
