import { beginFallbacks } from '../../steps/begin-fallbacks.js';
import {
  deliveryDeadEvents,
  OPERATIONAL_EVENTS_STORED,
  storeOperationalEvents,
} from '../../steps/operational-events.js';
import { alsoHolds, isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/**
 * Claimed batches of one delivery are dead if its attempts were cut off too often, and so is what was skipped in its
 * favour.
 *
 * `$1` batch ids, `$2` lease id, `$3` error code, `$4` its message
 */
export const BURY_BATCHES = statement(
  {
    buried: step(sql`
      UPDATE batches b SET status = 'dead', lease_id = NULL, leased_at = NULL, leased_until = NULL
      WHERE b.id = ANY ($1::uuid[]) AND b.lease_id = $2
      RETURNING b.id`),
    members: materialized(sql`
      SELECT m.* FROM buried b JOIN batch_members m ON ${isRow('m.batch_id', 'b.id')}`),
    ended: step(sql`
      DELETE FROM due_deliveries d
      USING members m
      WHERE ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')}
      RETURNING d.delivery_id`),
    deliveries_updated: step(sql`
      UPDATE deliveries d
      SET status = 'dead', dead_at = now(), next_attempt_at = NULL, last_error_code = $3,
          coalesced_into = m.coalesced_into, updated_at = now()
      FROM members m
      WHERE d.id = m.delivery_id AND d.status = 'waiting' AND (SELECT count(*) FROM ended) >= 0
      RETURNING d.id AS delivery_id, d.attempt_count AS attempts`),
    dead_letters: step(sql`
      SELECT delivery_id, attempts, $4::text AS last_error FROM deliveries_updated`),
    fallbacks_begun: step(beginFallbacks('dead_letters')),
    ...storeOperationalEvents(deliveryDeadEvents('dead_letters')),
  },
  `SELECT ${OPERATIONAL_EVENTS_STORED} AS operational_events`,
);
