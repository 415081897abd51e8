import { IS_DUE, UNLEASED } from './sql-fragments.js';

/**
 * Webhooks that have something due, found by hopping from webhook to webhook through the index: a million
 * waiting rows of ten webhooks cost ten hops.
 *
 * `$1` the webhook id to begin after, `$2` how many at most. `deleted` webhooks should have nothing waiting;
 * an event accepted in the very moment of the deletion can leave it so.
 */
export const DUE_WEBHOOKS = `
WITH RECURSIVE hop AS (
  (SELECT d.webhook_id FROM due_deliveries d WHERE d.webhook_id > $1::uuid
   ORDER BY d.webhook_id LIMIT 1)
  UNION ALL
  SELECT next.webhook_id
  FROM hop
  CROSS JOIN LATERAL (
    SELECT d.webhook_id FROM due_deliveries d WHERE d.webhook_id > hop.webhook_id
    ORDER BY d.webhook_id LIMIT 1
  ) next
)
SELECT hop.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
FROM hop
LEFT JOIN webhooks w ON w.id = hop.webhook_id
WHERE w.id IS NULL OR w.deleted_at IS NOT NULL
  OR (w.status = 'active' AND EXISTS (
    SELECT FROM due_deliveries d
    WHERE d.webhook_id = hop.webhook_id AND NOT d.test AND ${IS_DUE} AND ${UNLEASED}))
  OR EXISTS (
    SELECT FROM due_deliveries d
    WHERE d.webhook_id = hop.webhook_id AND d.test AND ${IS_DUE} AND ${UNLEASED})
LIMIT $2`;

export interface DueWebhookRow {
  webhook_id: string;
  deleted: boolean;
}

/** Discards what waits for webhooks that are no more. `$1` their ids. */
export const DISCARD_ORPHANS = `
WITH orphans AS (
  DELETE FROM due_deliveries d
  WHERE d.webhook_id = ANY ($1::uuid[])
    AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = d.webhook_id AND w.deleted_at IS NULL)
  RETURNING d.delivery_id
)
UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'`;
