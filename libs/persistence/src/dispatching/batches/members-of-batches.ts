import { insertInterruptedAttempts } from '../../steps/interrupted-attempts.js';
import { isRow } from '../../steps/predicates.js';
import { sql } from '../../steps/statement.js';

/**
 * Counts the cut-off attempt of a batch for each delivery in its body.
 *
 * @param batches name of a step with `id` and `leased_at`
 */
export function attemptsOfMembers(batches: string): string {
  return sql`
  UPDATE deliveries d
  SET attempt_count = d.attempt_count + 1, last_attempt_at = b.leased_at, last_response_status = NULL,
      last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
  FROM ${batches} b
  JOIN batch_members m ON ${isRow('m.batch_id', 'b.id')} AND m.position IS NOT NULL
  WHERE d.id = m.delivery_id AND d.status IN ('waiting', 'discarded')`;
}

/**
 * Writes cut-off attempts of batches into the history.
 *
 * @param cutOff name of a step with rows of `batches` as they were before, `delivery_id` being their `id`, with
 *   `url` and `format`
 * @param id SQL for the attempt's
 */
export function insertInterruptedBatches(cutOff: string, id = 'new_uuid_v7()'): string {
  return insertInterruptedAttempts(cutOff, {
    id,
    number: 'attempt_count + 1',
    trigger: `'scheduled'`,
  });
}
