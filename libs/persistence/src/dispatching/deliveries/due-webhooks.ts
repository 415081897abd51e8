import { DISCARDED_AT_ONCE } from '../../steps/discarded-at-once.js';
import { isDue, isUnleased } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

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
export const DUE_WEBHOOKS = statement(
  {
    hop: step(sql`
      (SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > $1::uuid
       ORDER BY d.webhook_id, d.due_at LIMIT 1)
      UNION ALL
      SELECT next.webhook_id, next.due_at
      FROM hop
      CROSS JOIN LATERAL (
        SELECT d.webhook_id, d.due_at FROM due_deliveries d WHERE d.webhook_id > hop.webhook_id
        ORDER BY d.webhook_id, d.due_at LIMIT 1
      ) next`),
    looked_at: materialized(sql`SELECT * FROM hop LIMIT $3`),
    found: step(sql`
      SELECT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
      FROM looked_at d
      LEFT JOIN webhooks w ON w.id = d.webhook_id
      WHERE w.id IS NULL OR w.deleted_at IS NOT NULL
        OR (${isDue('d')} AND w.status = 'active' AND EXISTS (
          SELECT FROM due_deliveries d
          WHERE d.webhook_id = w.id AND NOT d.test AND ${isDue('d')}
            AND ${isUnleased('d')}))
      LIMIT $2`),
  },
  sql`
  SELECT f.webhook_id, f.deleted,
    (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
  FROM (VALUES (true)) AS always (row)
  LEFT JOIN found f ON true`,
  { recursive: true },
);

export interface DueWebhookRow {
  /** Null in the one row that says that nothing was found. */
  webhook_id: string | null;
  deleted: boolean | null;
  looked_to: string | null;
}

/** Webhooks with a test to send, paused ones too. `$1` how many at most */
export const DUE_TESTS = sql`
SELECT DISTINCT d.webhook_id
FROM due_deliveries d
JOIN webhooks w ON w.id = d.webhook_id AND w.deleted_at IS NULL
WHERE d.test AND ${isDue('d')}
  AND ${isUnleased('d')}
LIMIT $1`;

/** Discards some of what waits for webhooks that are no more; the next sweep goes on. `$1` their ids */
export const DISCARD_ORPHANS = statement(
  {
    orphans: step(sql`
      DELETE FROM due_deliveries d
      WHERE d.delivery_id = ANY (ARRAY (
        SELECT o.delivery_id FROM due_deliveries o
        WHERE o.webhook_id = ANY ($1::uuid[])
          AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = o.webhook_id AND w.deleted_at IS NULL)
        LIMIT ${DISCARDED_AT_ONCE} FOR UPDATE SKIP LOCKED
      ))
      RETURNING d.delivery_id`),
  },
  sql`
  UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
  FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'`,
);
