import { DISCARDED_AT_ONCE } from '../../steps/discarded-at-once.js';
import { IS_DUE, UNLEASED } from '../../steps/sql-fragments.js';

/** A sweep looks at no more webhooks than this, about 20 ms worth; the next one goes on from there. */
export const WEBHOOKS_PER_SWEEP = 5_000;

/**
 * Webhooks that have something due, found by hopping from webhook to webhook through the index, and
 * looking at each one's earliest delivery only: a million waiting rows of ten webhooks cost ten hops.
 *
 * `$1` the webhook id to begin after, `$2` how many to find at most, `$3` how many to look at. `deleted`
 * webhooks are found whatever waits for them, due or not: it is to be discarded.
 * Always at least one row, for `looked_to`: the last webhook looked at, null when it was the last of all.
 */
export const DUE_WEBHOOKS = `
WITH RECURSIVE hop AS (
  (SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > $1::uuid
   ORDER BY d.webhook_id, d.due_at LIMIT 1)
  UNION ALL
  SELECT next.webhook_id, next.due_at
  FROM hop
  CROSS JOIN LATERAL (
    SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > hop.webhook_id
    ORDER BY d.webhook_id, d.due_at LIMIT 1
  ) next
),
looked_at AS MATERIALIZED (
  SELECT * FROM hop LIMIT $3
),
found AS (
  SELECT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
  FROM looked_at d
  LEFT JOIN webhooks w ON w.id = d.webhook_id
  WHERE w.id IS NULL OR w.deleted_at IS NOT NULL
    OR (${IS_DUE} AND w.status = 'active' AND EXISTS (
      SELECT FROM due_deliveries d
      WHERE d.webhook_id = w.id AND NOT d.test AND ${IS_DUE} AND ${UNLEASED}))
  LIMIT $2
)
SELECT f.webhook_id, f.deleted,
  (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
FROM (VALUES (true)) AS always (row)
LEFT JOIN found f ON true`;

export interface DueWebhookRow {
  /** Null in the one row that says that nothing was found. */
  webhook_id: string | null;
  deleted: boolean | null;
  looked_to: string | null;
}

/** Webhooks with a test to send, paused ones too. `$1` how many at most */
export const DUE_TESTS = `
SELECT DISTINCT d.webhook_id
FROM due_deliveries d
JOIN webhooks w ON w.id = d.webhook_id AND w.deleted_at IS NULL
WHERE d.test AND ${IS_DUE} AND ${UNLEASED}
LIMIT $1`;

/** Discards some of what waits for webhooks that are no more; the next sweep goes on. `$1` their ids */
export const DISCARD_ORPHANS = `
WITH orphans AS (
  DELETE FROM due_deliveries d
  WHERE d.delivery_id = ANY (ARRAY (
    SELECT o.delivery_id FROM due_deliveries o
    WHERE o.webhook_id = ANY ($1::uuid[])
      AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = o.webhook_id AND w.deleted_at IS NULL)
    LIMIT ${DISCARDED_AT_ONCE} FOR UPDATE SKIP LOCKED
  ))
  RETURNING d.delivery_id
)
UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'`;
