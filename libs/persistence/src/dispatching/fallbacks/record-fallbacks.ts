import { isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';
import { ATTEMPT_BATCH, batchColumns, insertAttempts } from '../deliveries/attempt-batch.js';
import { insertInterruptedFallbacks } from './claim-fallbacks.js';

/**
 * Records attempts at fallbacks: the attempts go into the history of their deliveries, which stay as they
 * are, and no webhook counts them. Parameters are those of {@link ATTEMPT_BATCH}.
 */
export const RECORD_FALLBACKS = statement(
  {
    batch: materialized(ATTEMPT_BATCH),
    recorded: step(sql`
      UPDATE fallbacks f
      SET status = CASE b.state WHEN 'waiting' THEN 'pending' ELSE b.state END,
          due_at = now() + coalesce(b.delay, 0) * interval '1 second',
          cycle_failures = b.cycle_failures, interruptions = 0,
          lease_id = NULL, leased_at = NULL, leased_until = NULL, last_attempt_at = b.at,
          last_response_status = b.response_status, last_error_code = b.error_code,
          last_duration_ms = b.total_ms
      FROM batch b
      WHERE ${isRow('f.delivery_id', 'b.delivery_id')} AND f.lease_id = b.lease_id
      RETURNING ${batchColumns()}, f.tenant_id`),
    attempts_written: step(insertAttempts('recorded')),
    deliveries_updated: step(sql`
      UPDATE deliveries d SET updated_at = now() FROM recorded r WHERE d.id = r.delivery_id`),
  },
  `SELECT delivery_id FROM recorded`,
);

/**
 * Gives leased fallbacks back. A number that was taken in vain is given back too, if it was the last.
 *
 * `$1` delivery ids, `$2` lease ids, `$3` whether the request was on its way
 */
export const RELEASE_FALLBACKS = statement(
  {
    given_back: materialized(sql`
      SELECT f.*, g.sent, coalesce(w.fallback_url, w.url) AS url, w.format
      FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS g (delivery_id, lease_id, sent)
      JOIN fallbacks f ON ${isRow('f.delivery_id', 'g.delivery_id')} AND f.lease_id = g.lease_id
      JOIN webhooks w ON w.id = f.webhook_id
      FOR UPDATE OF f`),
    released: step(sql`
      UPDATE fallbacks f SET lease_id = NULL, leased_at = NULL, leased_until = NULL
      FROM given_back g
      WHERE ${isRow('f.delivery_id', 'g.delivery_id')}`),
    numbers_given_back: step(sql`
      UPDATE deliveries d SET attempt_count = d.attempt_count - 1, updated_at = now()
      FROM given_back g
      WHERE NOT g.sent AND d.id = g.delivery_id AND d.attempt_count = g.attempt_number`),
    cut_off: step(sql`SELECT * FROM given_back WHERE sent`),
  },
  insertInterruptedFallbacks('cut_off'),
);
