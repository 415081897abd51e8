import { alsoHolds, isRow } from '../../steps/predicates.js';
import { sql, statement, step } from '../../steps/statement.js';

/**
 * Claimed batches of several deliveries are dissolved if their attempts were cut off too often, and their deliveries
 * go alone, due now: if one of them takes the dispatchers down, only that one is dead.
 *
 * `$1` batch ids, `$2` lease id
 */
export const SCATTER_BATCHES = statement(
  {
    scattered: step(sql`
      UPDATE batches b SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
      WHERE b.id = ANY ($1::uuid[]) AND b.lease_id = $2
      RETURNING b.id`),
  },
  sql`
  UPDATE due_deliveries d
  SET batch_id = NULL, awaits_turn = false, due_at = now(), attempt_count = x.attempt_count
  FROM scattered b
  JOIN batch_members m ON ${isRow('m.batch_id', 'b.id')}
  JOIN deliveries x ON x.id = m.delivery_id
  WHERE ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')}`,
);
