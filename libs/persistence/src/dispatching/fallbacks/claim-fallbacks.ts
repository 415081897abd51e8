import { MOST_INTERRUPTIONS } from '../deliveries/claim.js';
import { INTERRUPTED_MESSAGE, IS_DUE, UNLEASED } from '../../steps/sql-fragments.js';

/** How many attempts in a row were cut off, with the one whose lease has run out. */
const INTERRUPTIONS = '(d.interruptions + (d.lease_id IS NOT NULL)::integer)';

/**
 * Puts fallbacks' attempts that were cut off into the history: those of the rows of `source`, which are
 * `fallbacks` as they were before, with `url` and `format`. A dispatcher of an older version leases
 * them without a number; the one after the delivery's last is theirs.
 */
export function insertCutOff(source: string): string {
  return `
  INSERT INTO attempts (id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT new_uuid_v7(), delivery_id, webhook_id,
    coalesce(attempt_number, (SELECT x.attempt_count + 1 FROM deliveries x WHERE x.id = delivery_id)),
    'fallback', 'interrupted', leased_at, url, format, '{}', 'interrupted', '${INTERRUPTED_MESSAGE}', 0
  FROM ${source}`;
}

/**
 * Leases due fallbacks, also of paused webhooks. What there is no sense in sending any more stays, for
 * {@link END_FALLBACKS}. Parameters and rows are those of a claim of deliveries.
 *
 * The attempt's number is taken from the delivery here, under its lock: somebody who retries the dead letter
 * meanwhile comes before, and the fallback is left alone, or after, with the next number.
 *
 * `$1` webhook ids, `$2` free slots of each, `$3` limit, `$4` lease in seconds, `$5` lease id
 */
export const CLAIM_FALLBACKS = `
WITH picked AS MATERIALIZED (
  SELECT d.*, w.version, w.fallback_url AS url, w.format
  FROM unnest($1::uuid[], $2::integer[]) AS s (webhook_id, free)
  JOIN webhooks w ON w.id = s.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
  CROSS JOIN LATERAL (
    SELECT d.*, e.id AS event_id, e.tenant_id, e.type, e.occurred_at, e.accepted_at, e.payload
    FROM fallbacks d
    JOIN deliveries x ON x.id = d.delivery_id AND x.status = 'dead'
    JOIN events e ON e.id = x.event_id
    WHERE d.status = 'pending' AND d.webhook_id = w.id AND ${IS_DUE} AND ${UNLEASED}
      AND ${INTERRUPTIONS} < ${MOST_INTERRUPTIONS}
    ORDER BY d.due_at LIMIT s.free
    FOR UPDATE OF d SKIP LOCKED
  ) d
  LIMIT $3
),
numbered AS (
  UPDATE deliveries x
  SET attempt_count = x.attempt_count + 1 + (p.lease_id IS NOT NULL AND p.attempt_number IS NULL)::integer,
      updated_at = now()
  FROM picked p
  WHERE x.id = p.delivery_id AND x.status = 'dead'
  RETURNING x.id, x.attempt_count AS number
),
leased AS (
  UPDATE fallbacks d
  SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second',
      attempt_number = n.number, interruptions = ${INTERRUPTIONS}
  FROM numbered n
  WHERE d.delivery_id = n.id
),
cut_off AS (
  SELECT p.* FROM picked p JOIN numbered n ON n.id = p.delivery_id WHERE p.lease_id IS NOT NULL
),
history AS (${insertCutOff('cut_off')}
)
SELECT p.delivery_id, p.webhook_id, p.version, n.number - 1 AS attempt_count, p.cycle_failures,
  0 AS interruptions, 'fallback' AS trigger, false AS test, false AS ordered,
  p.lease_id IS NOT NULL AS taken_over, p.event_id, p.tenant_id, p.type, p.occurred_at, p.accepted_at,
  p.payload, NULL::float8 AS start_in
FROM picked p
JOIN numbered n ON n.id = p.delivery_id`;

/** Webhooks with fallbacks to send. `$1` how many at most */
export const DUE_FALLBACKS = `
SELECT DISTINCT d.webhook_id
FROM fallbacks d
WHERE d.status = 'pending' AND ${IS_DUE} AND ${UNLEASED}
LIMIT $1`;

/**
 * Ends what is not to be sent any more: somebody retried or discarded the dead letter, the webhook or its
 * `fallbackUrl` is gone, or the event was pruned. One whose attempts were cut off too often is dead.
 */
export const END_FALLBACKS = `
WITH over AS MATERIALIZED (
  SELECT d.*, coalesce(w.fallback_url, w.url) AS url, w.format,
    ${INTERRUPTIONS} >= ${MOST_INTERRUPTIONS} AS interrupted
  FROM fallbacks d
  LEFT JOIN webhooks w ON w.id = d.webhook_id
  WHERE d.status = 'pending' AND ${IS_DUE} AND ${UNLEASED}
    AND (
      NOT EXISTS (
        SELECT FROM deliveries x JOIN events e ON e.id = x.event_id
        WHERE x.id = d.delivery_id AND x.status = 'dead')
      OR w.deleted_at IS NOT NULL OR w.fallback_url IS NULL
      OR ${INTERRUPTIONS} >= ${MOST_INTERRUPTIONS})
  LIMIT 1000
  FOR UPDATE OF d SKIP LOCKED
),
cut_off AS (
  SELECT o.* FROM over o JOIN deliveries x ON x.id = o.delivery_id
  WHERE o.lease_id IS NOT NULL AND o.url IS NOT NULL
),
history AS (${insertCutOff('cut_off')}
)
UPDATE fallbacks f
SET status = CASE WHEN o.interrupted THEN 'dead' ELSE 'discarded' END,
    last_error_code = CASE WHEN o.interrupted THEN 'interrupted' ELSE f.last_error_code END,
    last_attempt_at = coalesce(o.leased_at, f.last_attempt_at),
    lease_id = NULL, leased_at = NULL, leased_until = NULL
FROM over o
WHERE f.delivery_id = o.delivery_id`;
