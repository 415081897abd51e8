import { INTERRUPTED_MESSAGE, IS_DUE, UNLEASED } from '../delivery-store/sql-fragments.js';

/**
 * Leases due fallbacks, also of paused webhooks. One whose delivery is no dead letter any more stays, for
 * {@link END_FALLBACKS}. Parameters and rows are those of a claim of deliveries.
 *
 * `$1` webhook ids, `$2` free slots of each, `$3` limit, `$4` lease in seconds, `$5` lease id
 */
export const CLAIM_FALLBACKS = `
WITH picked AS MATERIALIZED (
  SELECT d.*, w.version, w.fallback_url, w.format
  FROM unnest($1::uuid[], $2::integer[]) AS s (webhook_id, free)
  JOIN webhooks w ON w.id = s.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT d.*, x.attempt_count, x.event_id
    FROM fallbacks d
    JOIN deliveries x ON x.id = d.delivery_id AND x.status = 'dead'
    WHERE d.status = 'pending' AND d.webhook_id = w.id AND ${IS_DUE} AND ${UNLEASED}
    ORDER BY d.due_at LIMIT s.free
    FOR UPDATE OF d SKIP LOCKED
  ) d
  LIMIT $3
),
leased AS (
  UPDATE fallbacks d
  SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second'
  FROM picked p
  WHERE d.delivery_id = p.delivery_id
),
cut_off AS (
  INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), delivery_id, webhook_id, attempt_count + 1, 'fallback', 'interrupted', leased_at,
    fallback_url, format, '{}', 'interrupted', '${INTERRUPTED_MESSAGE}', 0
  FROM picked WHERE lease_id IS NOT NULL
),
history AS (
  UPDATE deliveries x
  SET attempt_count = p.attempt_count + 1, updated_at = now()
  FROM picked p
  WHERE p.lease_id IS NOT NULL AND x.id = p.delivery_id
)
SELECT p.delivery_id, p.webhook_id, p.version,
  p.attempt_count + (p.lease_id IS NOT NULL)::integer AS attempt_count, p.cycle_failures,
  0 AS interruptions, 'fallback' AS trigger, false AS test, false AS ordered, p.event_id, e.tenant_id,
  e.type, e.occurred_at, e.accepted_at, e.payload, NULL::float8 AS start_in
FROM picked p
JOIN events e ON e.id = p.event_id`;

/** Webhooks with fallbacks to send. `$1` how many at most */
export const DUE_FALLBACKS = `
SELECT DISTINCT d.webhook_id
FROM fallbacks d
WHERE d.status = 'pending' AND ${IS_DUE} AND ${UNLEASED}
LIMIT $1`;

/**
 * Ends what need not be sent any more: somebody retried or discarded the dead letter, the webhook or its
 * `fallbackUrl` is gone, or the event was pruned.
 */
export const END_FALLBACKS = `
UPDATE fallbacks f
SET status = 'discarded', lease_id = NULL, leased_at = NULL, leased_until = NULL
FROM (
  SELECT d.delivery_id
  FROM fallbacks d
  WHERE d.status = 'pending' AND ${IS_DUE} AND ${UNLEASED}
    AND (
      NOT EXISTS (
        SELECT FROM deliveries x JOIN events e ON e.id = x.event_id
        WHERE x.id = d.delivery_id AND x.status = 'dead')
      OR NOT EXISTS (
        SELECT FROM webhooks w
        WHERE w.id = d.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL))
  LIMIT 1000
  FOR UPDATE SKIP LOCKED
) ended
WHERE f.delivery_id = ended.delivery_id`;
