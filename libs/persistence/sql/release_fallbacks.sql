WITH given_back AS MATERIALIZED (
  SELECT f.*, g.sent, coalesce(w.fallback_url, w.url) AS url, w.format
  FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS g (delivery_id, lease_id, sent)
  JOIN fallbacks f ON f.delivery_id = ANY (ARRAY[g.delivery_id]) AND f.lease_id = g.lease_id
  JOIN webhooks w ON w.id = f.webhook_id
  FOR UPDATE OF f
),
released AS (
  UPDATE fallbacks f SET lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM given_back g
  WHERE f.delivery_id = ANY (ARRAY[g.delivery_id])
),
numbers_given_back AS (
  UPDATE deliveries d SET attempt_count = d.attempt_count - 1, updated_at = now()
  FROM given_back g
  WHERE NOT g.sent AND d.id = g.delivery_id AND d.attempt_count = g.attempt_number
),
cut_off AS (
  SELECT * FROM given_back WHERE sent
)
INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
  request_headers, error_code, error_message, total_ms)
SELECT new_uuid_v7(), tenant_id, delivery_id, webhook_id, coalesce(attempt_number,
    (SELECT x.attempt_count + 1 FROM deliveries x WHERE x.id = delivery_id)), 'fallback', 'interrupted',
  leased_at, url, format, '{}', 'interrupted', 'The attempt was cut off on our side and may or may not have arrived; it is made again.', 0
FROM cut_off
