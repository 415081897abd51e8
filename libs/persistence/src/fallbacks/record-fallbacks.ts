import { BATCH, BATCH_COLUMNS, insertAttempts } from '../delivery-store/attempt-batch.js';

const RETURNED = BATCH_COLUMNS.map((name) => `b.${name}`).join(', ');

/**
 * Records attempts at fallbacks: the attempts go into the history of their deliveries, which stay as they
 * are, and no webhook counts them. Parameters are those of {@link BATCH}.
 */
export const RECORD_FALLBACKS = `
WITH batch AS MATERIALIZED (${BATCH}
),
recorded AS (
  UPDATE fallbacks f
  SET status = CASE b.state WHEN 'waiting' THEN 'pending' ELSE b.state END,
      due_at = now() + coalesce(b.delay, 0) * interval '1 second', cycle_failures = b.cycle_failures,
      lease_id = NULL, leased_at = NULL, leased_until = NULL, last_attempt_at = b.at,
      last_response_status = b.response_status, last_error_code = b.error_code,
      last_duration_ms = b.total_ms
  FROM batch b
  WHERE f.delivery_id = b.delivery_id AND f.lease_id = b.lease_id
  RETURNING ${RETURNED}
),
attempted AS (${insertAttempts('recorded')}
),
counted AS (
  UPDATE deliveries d
  SET attempt_count = greatest(d.attempt_count, r.number), updated_at = now()
  FROM recorded r
  WHERE d.id = r.delivery_id
)
SELECT delivery_id FROM recorded`;

/**
 * Gives leased fallbacks back.
 *
 * `$1` delivery ids, `$2` lease ids, `$3` whether the request was on its way
 */
export const RELEASE_FALLBACKS = `
WITH given AS MATERIALIZED (
  SELECT f.delivery_id, f.webhook_id, f.leased_at, g.sent, d.attempt_count + 1 AS number
  FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS g (delivery_id, lease_id, sent)
  JOIN fallbacks f ON f.delivery_id = g.delivery_id AND f.lease_id = g.lease_id
  JOIN deliveries d ON d.id = f.delivery_id
  FOR UPDATE OF f
),
released AS (
  UPDATE fallbacks f SET lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM given g
  WHERE f.delivery_id = g.delivery_id
),
counted AS (
  UPDATE deliveries d SET attempt_count = g.number, updated_at = now()
  FROM given g
  WHERE g.sent AND d.id = g.delivery_id
)
INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
  request_headers, error_code, error_message, total_ms)
SELECT new_uuid_v7(), g.delivery_id, g.webhook_id, g.number, 'fallback', 'interrupted', g.leased_at,
  coalesce(w.fallback_url, w.url), w.format, '{}', 'interrupted', $4, 0
FROM given g
JOIN webhooks w ON w.id = g.webhook_id
WHERE g.sent`;
