WITH single AS MATERIALIZED (
  SELECT w.id, w.url, w.format FROM unnest($1::uuid[]) AS s (id)
  CROSS JOIN LATERAL (SELECT * FROM webhooks w WHERE w.id = s.id LIMIT 1) w
  WHERE NOT coalesce(w.delivery->>'mode' = 'batch', false)
),
broken AS MATERIALIZED (
  SELECT b.*, b.id AS delivery_id, w.url, w.format FROM single w
  CROSS JOIN LATERAL (
    SELECT * FROM batches b
    WHERE b.webhook_id = w.id AND b.status = 'waiting' AND (b.leased_until IS NULL OR (b.leased_until < now()
      AND b.leased_at > (SELECT CASE WHEN e.began_at BETWEEN now() - interval '5 seconds' AND now()
        THEN e.began_at ELSE '-infinity' END
      FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time())))
    ORDER BY b.due_at, b.id LIMIT greatest(1, 10 / (SELECT count(*) FROM single))
    FOR UPDATE SKIP LOCKED
  ) b
  LIMIT 10
),
broken_up AS (
  UPDATE batches t SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM broken b WHERE t.id = ANY (ARRAY[b.id])
),
cut_off AS (
  SELECT * FROM broken WHERE lease_id IS NOT NULL
),
attempts_cut_off AS (
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), tenant_id, delivery_id, webhook_id, attempt_count + 1, 'scheduled', 'interrupted',
    leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
  FROM cut_off
),
deliveries_cut_off AS (
  UPDATE deliveries d
  SET attempt_count = d.attempt_count + 1, last_attempt_at = b.leased_at, last_response_status = NULL,
      last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
  FROM cut_off b
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id]) AND m.position IS NOT NULL
  WHERE d.id = m.delivery_id AND d.status IN ('waiting', 'discarded')
)
UPDATE due_deliveries d SET batch_id = NULL
FROM broken b
JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id])
WHERE d.delivery_id = ANY (ARRAY[m.delivery_id]) AND (d.batch_id = m.batch_id) IS TRUE
