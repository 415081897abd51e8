WITH given_back AS MATERIALIZED (
  SELECT b.*, b.id AS delivery_id, g.sent, g.attempt_id, w.url, w.format
  FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::uuid[]) AS g (id, lease_id, sent, attempt_id)
  JOIN batches b ON b.id = ANY (ARRAY[g.id]) AND b.lease_id = g.lease_id
  JOIN webhooks w ON w.id = b.webhook_id
  FOR UPDATE OF b
),
released AS (
  UPDATE batches t
  SET lease_id = NULL, leased_at = NULL, leased_until = NULL,
      attempt_count = t.attempt_count + g.sent::integer
  FROM given_back g
  WHERE t.id = ANY (ARRAY[g.id])
),
cut_off AS (
  SELECT * FROM given_back WHERE sent
),
deliveries_updated AS (
  UPDATE deliveries d
  SET attempt_count = d.attempt_count + 1, last_attempt_at = b.leased_at, last_response_status = NULL,
      last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
  FROM cut_off b
  JOIN batch_members m ON m.batch_id = ANY (ARRAY[b.id]) AND m.position IS NOT NULL
  WHERE d.id = m.delivery_id AND d.status IN ('waiting', 'discarded')
)
INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
  request_headers, error_code, error_message, total_ms)
SELECT attempt_id, tenant_id, delivery_id, webhook_id, attempt_count + 1, 'scheduled', 'interrupted',
  leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
FROM cut_off
