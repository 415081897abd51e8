import { MOST_INTERRUPTIONS } from '@schoolbell/delivery';
import { insertInterruptedAttempts } from '../../steps/interrupted-attempts.js';
import { isDue, isRow, isUnleased } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/** How many attempts in a row were cut off, including the one whose lease has run out. */
const INTERRUPTIONS = '(d.interruptions + (d.lease_id IS NOT NULL)::integer)';

/**
 * Writes cut-off attempts at fallbacks into the history. A dispatcher of an older version leases fallbacks without a
 * number; the number after the delivery's last is theirs.
 *
 * @param cutOff name of a step with rows of `fallbacks` as they were before, with `url` and `format`
 */
export function insertInterruptedFallbacks(cutOff: string): string {
  return insertInterruptedAttempts(cutOff, {
    id: 'new_uuid_v7()',
    number: `coalesce(attempt_number,
    (SELECT x.attempt_count + 1 FROM deliveries x WHERE x.id = delivery_id))`,
    trigger: `'fallback'`,
  });
}

/**
 * Leases due fallbacks, also of paused webhooks. Fallbacks that need not be sent any more are left to {@link
 * END_FALLBACKS}. Parameters and rows are those of a claim of deliveries.
 *
 * The attempt's number is taken from the delivery here, under its lock: a retry of the dead letter at the same time
 * comes either before, and the fallback is left alone, or after, with the next number.
 *
 * `$1` webhook ids, `$2` free slots of each, `$3` limit, `$4` lease in seconds, `$5` lease id
 */
export const CLAIM_FALLBACKS = statement(
  {
    picked: materialized(sql`
      SELECT d.*, w.version, w.fallback_url AS url, w.format
      FROM unnest($1::uuid[], $2::integer[]) AS s (webhook_id, free)
      JOIN webhooks w ON w.id = s.webhook_id AND w.deleted_at IS NULL AND w.fallback_url IS NOT NULL
      CROSS JOIN LATERAL (
        SELECT d.delivery_id, d.cycle_failures, d.attempt_number, d.interruptions, d.lease_id, d.leased_at,
          d.webhook_id, e.id AS event_id, e.tenant_id, e.type, e.occurred_at, e.accepted_at, e.payload
        FROM fallbacks d
        JOIN deliveries x ON x.id = d.delivery_id AND x.status = 'dead'
        JOIN events e ON e.id = x.event_id
        WHERE d.status = 'pending' AND d.webhook_id = w.id AND ${isDue('d')}
          AND ${isUnleased('d')}
          AND ${INTERRUPTIONS} < ${MOST_INTERRUPTIONS}
        ORDER BY d.due_at LIMIT s.free
        FOR UPDATE OF d SKIP LOCKED
      ) d
      LIMIT $3`),
    numbered: step(sql`
      UPDATE deliveries x
      SET attempt_count = x.attempt_count + 1
            + (p.lease_id IS NOT NULL AND p.attempt_number IS NULL)::integer,
          updated_at = now()
      FROM picked p
      WHERE x.id = p.delivery_id AND x.status = 'dead'
      RETURNING x.id, x.tenant_id, x.attempt_count AS number`),
    leased: step(sql`
      UPDATE fallbacks d
      SET tenant_id = n.tenant_id, lease_id = $5, leased_at = now(),
          leased_until = now() + $4 * interval '1 second', attempt_number = n.number, interruptions = ${INTERRUPTIONS}
      FROM numbered n
      WHERE ${isRow('d.delivery_id', 'n.id')}`),
    cut_off: step(sql`
      SELECT p.* FROM picked p JOIN numbered n ON n.id = p.delivery_id WHERE p.lease_id IS NOT NULL`),
    attempts_cut_off: step(insertInterruptedFallbacks('cut_off')),
  },
  sql`
  SELECT p.delivery_id, p.webhook_id, p.version, n.number - 1 AS attempt_count, p.cycle_failures,
    0 AS interruptions, 'fallback' AS trigger, false AS test, false AS ordered,
    p.lease_id IS NOT NULL AS taken_over, p.event_id, p.tenant_id, p.type, p.occurred_at, p.accepted_at,
    p.payload, false AS awaits_slot, NULL::float8 AS start_in
  FROM picked p
  JOIN numbered n ON n.id = p.delivery_id`,
);

/** Webhooks with fallbacks to send. `$1` the webhook id to begin after, `$2` how many at most */
export const DUE_FALLBACKS = sql`
SELECT DISTINCT d.webhook_id
FROM fallbacks d
WHERE d.webhook_id > $1::uuid AND d.status = 'pending' AND ${isDue('d')}
  AND ${isUnleased('d')}
ORDER BY d.webhook_id LIMIT $2`;

/**
 * Ends fallbacks that must not be sent any more: somebody retried or discarded the dead letter, the webhook or its
 * `fallbackUrl` is gone, or the event was pruned. A fallback whose attempts were cut off too often is dead.
 */
export const END_FALLBACKS = statement(
  {
    pointless: materialized(sql`
      SELECT d.*, coalesce(w.fallback_url, w.url) AS url, w.format,
        ${INTERRUPTIONS} >= ${MOST_INTERRUPTIONS} AS interrupted
      FROM fallbacks d
      LEFT JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.status = 'pending' AND ${isDue('d')}
        AND ${isUnleased('d')}
        AND (
          NOT EXISTS (
            SELECT FROM deliveries x JOIN events e ON e.id = x.event_id
            WHERE x.id = d.delivery_id AND x.status = 'dead')
          OR w.deleted_at IS NOT NULL OR w.fallback_url IS NULL
          OR ${INTERRUPTIONS} >= ${MOST_INTERRUPTIONS})
      LIMIT 1000
      FOR UPDATE OF d SKIP LOCKED`),
    cut_off: step(sql`
      SELECT p.* FROM pointless p JOIN deliveries x ON x.id = p.delivery_id
      WHERE p.lease_id IS NOT NULL AND p.url IS NOT NULL`),
    attempts_cut_off: step(insertInterruptedFallbacks('cut_off')),
  },
  sql`
  UPDATE fallbacks f
  SET status = CASE WHEN p.interrupted THEN 'dead' ELSE 'discarded' END,
      last_error_code = CASE WHEN p.interrupted THEN 'interrupted' ELSE f.last_error_code END,
      last_attempt_at = coalesce(p.leased_at, f.last_attempt_at),
      lease_id = NULL, leased_at = NULL, leased_until = NULL
  FROM pointless p
  WHERE ${isRow('f.delivery_id', 'p.delivery_id')}`,
);
