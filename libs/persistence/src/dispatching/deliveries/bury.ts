import type { AttemptErrorCode } from '@schoolbell/delivery';
import { beginFallbacks } from '../../steps/begin-fallbacks.js';
import { deliveryDeadEvents, emitEvents, TOLD } from '../../steps/operational-events.js';

/**
 * `unsendable`: the event was pruned while its delivery waited, held perhaps. `interrupted`: each attempt of
 * late ended with its dispatcher, or with an outcome that could not be written.
 */
export type UnsendableError = Extract<AttemptErrorCode, 'unsendable' | 'interrupted'>;

/**
 * Claimed deliveries that can never be sent are dead, with their error, rather than claimed for ever.
 *
 * `$1` delivery ids, `$2` lease id, `$3` error code
 */
export const BURY = `
WITH buried AS (
  DELETE FROM due_deliveries d
  WHERE d.delivery_id = ANY ($1::uuid[]) AND d.lease_id = $2
  RETURNING d.delivery_id, d.test, d.attempt_count
),
updated AS (
  UPDATE deliveries d
  SET status = 'dead', dead_at = CASE WHEN b.test THEN NULL ELSE now() END, next_attempt_at = NULL,
      last_error_code = $3, updated_at = now()
  FROM buried b WHERE d.id = b.delivery_id
),
dead AS (
  SELECT delivery_id, attempt_count AS attempts, CASE $3
    WHEN 'unsendable' THEN 'Its event was pruned before it could be sent.'
    ELSE 'Too many attempts in a row were cut off on our side.' END AS last_error
  FROM buried WHERE NOT test
),
fallen_back AS (${beginFallbacks('dead')}
),${emitEvents(deliveryDeadEvents('dead'))}
SELECT ${TOLD} AS told`;

/** The one row of {@link BURY}. */
export interface BuryRow {
  /** See `TOLD`. */
  told: string | null;
}
