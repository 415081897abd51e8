import { isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';
import { attemptsOfMembers, insertInterruptedBatches } from './members-of-batches.js';

/**
 * Gives leased batches back.
 *
 * `$1` batch ids, `$2` lease ids, `$3` whether the request was on its way, `$4` an attempt id for each
 */
export const RELEASE_BATCHES = statement(
  {
    given_back: materialized(sql`
      SELECT b.*, b.id AS delivery_id, g.sent, g.attempt_id, w.url, w.format
      FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::uuid[]) AS g (id, lease_id, sent, attempt_id)
      JOIN batches b ON ${isRow('b.id', 'g.id')} AND b.lease_id = g.lease_id
      JOIN webhooks w ON w.id = b.webhook_id
      FOR UPDATE OF b`),
    released: step(sql`
      UPDATE batches t
      SET lease_id = NULL, leased_at = NULL, leased_until = NULL,
          attempt_count = t.attempt_count + g.sent::integer
      FROM given_back g
      WHERE ${isRow('t.id', 'g.id')}`),
    cut_off: step(sql`SELECT * FROM given_back WHERE sent`),
    deliveries_updated: step(attemptsOfMembers('cut_off')),
  },
  insertInterruptedBatches('cut_off', 'attempt_id'),
);
