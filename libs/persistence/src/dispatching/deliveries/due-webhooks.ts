import { earliestAfter } from '../../steps/earliest-after.js';
import { isDue, isUnleased, webhookOf } from '../../steps/predicates.js';
import { DISCARDED_AT_ONCE, waitingOf } from '../../steps/waiting-of.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/** A sweep looks at no more webhooks than this, which takes about 20 ms; the next one goes on from there. */
export const WEBHOOKS_PER_SWEEP = 5_000;

/**
 * Webhooks that have something due, found by hopping from webhook to webhook through the index, and
 * looking at each one's earliest deliveries only: a million waiting rows of ten webhooks cost ten hops.
 *
 * `$1` the webhook id to begin after, `$2` how many to find at most, `$3` how many to look at. `deleted` webhooks are
 * found whatever waits for them, due or not, because it has to be discarded. Always at least one row, for
 * `looked_to`: the last webhook looked at, null when it was the last of all.
 */
export const DUE_WEBHOOKS = statement(
  {
    hop: step(sql`
      (${earliestAfter('$1::uuid')})
      UNION ALL
      SELECT next.webhook_id, next.due_at
      FROM hop
      CROSS JOIN LATERAL (
        ${earliestAfter('hop.webhook_id')}
      ) next`),
    looked_at: materialized(sql`SELECT * FROM hop LIMIT $3`),
    found: step(sql`
      SELECT l.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted, free.due_at
      FROM looked_at l
      LEFT JOIN ${webhookOf('l.webhook_id')} ON true
      LEFT JOIN LATERAL (
        SELECT d.due_at FROM due_deliveries d
        WHERE w.status = 'active' AND d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn
          AND d.due_at >= l.due_at AND ${isDue('d')}
          AND ${isUnleased('d')}
        ORDER BY d.due_at, d.delivery_id LIMIT 1
      ) free ON true
      WHERE w.id IS NULL OR w.deleted_at IS NOT NULL OR free.due_at IS NOT NULL
      LIMIT $2`),
  },
  sql`
  SELECT f.webhook_id, f.deleted, (extract(epoch FROM f.due_at) * 1000)::float8 AS due_at,
    (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
  FROM (VALUES (true)) AS always (row)
  LEFT JOIN found f ON true`,
  { recursive: true },
);

export interface DueWebhookRow {
  /** Null in the one row that says that nothing was found. */
  webhook_id: string | null;
  deleted: boolean | null;
  /** Of the earliest delivery that can be claimed, in Unix milliseconds. */
  due_at: number | null;
  looked_to: string | null;
}

/** Webhooks with a test to send, paused ones too, and `deleted` ones whose tests are to be discarded. `$1` how many at most */
export const DUE_TESTS = sql`
SELECT DISTINCT d.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted
FROM due_deliveries d
LEFT JOIN ${webhookOf('d.webhook_id')} ON true
WHERE d.test AND ${isDue('d')}
  AND ${isUnleased('d')}
LIMIT $1`;

export interface DueTestsRow {
  webhook_id: string;
  deleted: boolean;
}

/** Discards some of what waits for webhooks that no longer exist; the next sweep goes on. `$1` their ids */
export const DISCARD_ORPHANS = statement(
  {
    deleted: materialized(sql`
      SELECT o.id FROM unnest($1::uuid[]) AS o (id)
      WHERE NOT EXISTS (SELECT FROM webhooks w WHERE w.id = o.id AND w.deleted_at IS NULL)`),
    orphans: step(sql`
      DELETE FROM due_deliveries d
      WHERE d.delivery_id = ANY (ARRAY (
        ${waitingOf('deleted', { most: DISCARDED_AT_ONCE })}
      ))
      RETURNING d.delivery_id`),
  },
  sql`
  UPDATE deliveries d SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
  FROM orphans o WHERE d.id = o.delivery_id AND d.status = 'waiting'`,
);
