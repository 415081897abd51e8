import { earliestAfter } from '../steps/earliest-after.js';
import { isDue, isUnderWay, webhookOf } from '../steps/predicates.js';
import { materialized, sql, statement, step } from '../steps/statement.js';

/**
 * How many seconds ago the delivery became due that waits longest: of an active webhook, and with no dispatcher; and the
 * same of webhooks that nobody serves. One whose first delivery is under way is served, and what waits behind it waits
 * for its receiver; one with a rate limit waits for that. Null while nothing waits. Found by hopping from webhook to webhook through the index, as the sweep does: it costs by
 * webhooks, not by deliveries.
 *
 * `$1` the lowest of all ids, `$2` how many webhooks to look at
 */
export const OLDEST_DUE = statement(
  {
    hop: step(sql`
      (${earliestAfter('$1::uuid')})
      UNION ALL
      SELECT next.webhook_id, next.due_at
      FROM hop
      CROSS JOIN LATERAL (
        ${earliestAfter('hop.webhook_id')}
      ) next`),
    looked_at: materialized(sql`SELECT * FROM hop LIMIT $2`),
  },
  sql`
  SELECT extract(epoch FROM now() - min(oldest.due_at))::float8 AS seconds,
    extract(epoch FROM now() - min(oldest.due_at)
      FILTER (WHERE w.rate_limit IS NULL AND NOT first.under_way))::float8 AS unserved_seconds
  FROM looked_at l
  CROSS JOIN ${webhookOf('l.webhook_id')}
  CROSS JOIN LATERAL (
    SELECT ${isUnderWay('d')} AS under_way FROM due_deliveries d
    WHERE d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn AND d.due_at >= l.due_at
    ORDER BY d.due_at, d.delivery_id LIMIT 1
  ) first
  CROSS JOIN LATERAL (
    SELECT d.due_at FROM due_deliveries d
    WHERE d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn AND d.due_at >= l.due_at
      AND ${isDue('d')} AND NOT ${isUnderWay('d')}
    ORDER BY d.due_at, d.delivery_id LIMIT 1
  ) oldest
  WHERE w.status = 'active' AND w.deleted_at IS NULL`,
  { recursive: true },
);

/** What keeps a delivery that waits, in the order in which it is asked. */
export const WAITING_STATES = ['in_flight', 'held', 'behind_others', 'planned', 'due'] as const;

/**
 * How many deliveries wait, by what they wait for. Counted by webhook first: whose webhook is paused is looked up once
 * for each. `$1` how many to count at most.
 */
export const WAITING = sql`
SELECT CASE
    WHEN c.under_way THEN 'in_flight'
    WHEN w.status = 'paused' THEN 'held'
    WHEN c.awaits_turn THEN 'behind_others'
    WHEN c.is_due THEN 'due'
    ELSE 'planned'
  END AS state, sum(c.deliveries)::float8 AS deliveries
FROM (
  SELECT d.webhook_id, d.awaits_turn, ${isUnderWay('d')} AS under_way, ${isDue('d')} AS is_due, count(*) AS deliveries
  FROM (SELECT * FROM due_deliveries WHERE NOT test LIMIT $1) d
  GROUP BY 1, 2, 3, 4
) c
LEFT JOIN webhooks w ON w.id = c.webhook_id
GROUP BY 1`;
