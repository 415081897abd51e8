WITH given_back AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::uuid[])
    AS g (delivery_id, lease_id, sent, attempt_id)
),
leased AS MATERIALIZED (
  SELECT d.delivery_id, d.tenant_id, d.webhook_id, d.trigger, d.attempt_count, d.leased_at, g.sent, g.attempt_id
  FROM given_back g
  JOIN due_deliveries d ON d.delivery_id = ANY (ARRAY[g.delivery_id]) AND d.lease_id = g.lease_id
  FOR UPDATE OF d
),
released AS (
  UPDATE due_deliveries d
  SET lease_id = NULL, leased_at = NULL, leased_until = NULL,
      attempt_count = d.attempt_count + l.sent::integer
  FROM leased l
  WHERE d.delivery_id = ANY (ARRAY[l.delivery_id])
),
deliveries_updated AS (
  UPDATE deliveries d
  SET attempt_count = l.attempt_count + 1, last_attempt_at = l.leased_at, last_response_status = NULL,
      last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
  FROM leased l
  WHERE l.sent AND d.id = l.delivery_id
),
cut_off AS (
  SELECT l.*, w.url, w.format FROM leased l JOIN webhooks w ON w.id = l.webhook_id WHERE l.sent
)
INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
  request_headers, error_code, error_message, total_ms)
SELECT attempt_id, tenant_id, delivery_id, webhook_id, attempt_count + 1, trigger, 'interrupted',
  leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
FROM cut_off
