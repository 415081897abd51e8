import { insertInterruptedAttempts } from '../../steps/interrupted-attempts.js';
import { isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';
import type { GivenBack } from '../unanswered-claims.js';

/**
 * Gives leased deliveries back.
 *
 * `$1` delivery ids, `$2` lease ids, `$3` whether the request was on its way, `$4` an attempt id for each
 */
export const RELEASE = statement(
  {
    given_back: materialized(sql`
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::uuid[])
        AS g (delivery_id, lease_id, sent, attempt_id)`),
    // Read before they are cleared: an UPDATE returns only what it wrote.
    leased: materialized(sql`
      SELECT d.delivery_id, d.tenant_id, d.webhook_id, d.trigger, d.attempt_count, d.leased_at, g.sent, g.attempt_id
      FROM given_back g
      JOIN due_deliveries d ON ${isRow('d.delivery_id', 'g.delivery_id')} AND d.lease_id = g.lease_id
      FOR UPDATE OF d`),
    released: step(sql`
      UPDATE due_deliveries d
      SET lease_id = NULL, leased_at = NULL, leased_until = NULL,
          attempt_count = d.attempt_count + l.sent::integer
      FROM leased l
      WHERE ${isRow('d.delivery_id', 'l.delivery_id')}`),
    deliveries_updated: step(sql`
      UPDATE deliveries d
      SET attempt_count = l.attempt_count + 1, last_attempt_at = l.leased_at, last_response_status = NULL,
          last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
      FROM leased l
      WHERE l.sent AND d.id = l.delivery_id`),
    cut_off: step(sql`
      SELECT l.*, w.url, w.format FROM leased l JOIN webhooks w ON w.id = l.webhook_id WHERE l.sent`),
  },
  insertInterruptedAttempts('cut_off', {
    id: 'attempt_id',
    number: 'attempt_count + 1',
    trigger: 'trigger',
  }),
);

export function releaseParameters(claims: readonly GivenBack[], newId: () => string): unknown[] {
  return [
    claims.map(({ claimed }) => claimed.id),
    claims.map(({ claimed }) => claimed.leaseId),
    claims.map(({ sent }) => sent),
    claims.map(() => newId()),
  ];
}
