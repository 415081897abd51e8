import { beginFallbacks } from '../../steps/begin-fallbacks.js';
import {
  deliveryDeadEvents,
  OPERATIONAL_EVENTS_STORED,
  storeOperationalEvents,
} from '../../steps/operational-events.js';
import type { OrderedSession } from '../../steps/promote.js';
import { sql, statement, step } from '../../steps/statement.js';

/**
 * Claimed deliveries that can never be sent are dead, with their error, rather than claimed for ever.
 *
 * `$1` delivery ids, `$2` lease id, `$3` error code, `$4` its message
 */
export const BURY = statement(
  {
    buried: step(sql`
      DELETE FROM due_deliveries d
      WHERE d.delivery_id = ANY ($1::uuid[]) AND d.lease_id = $2
      RETURNING d.delivery_id, d.test, d.attempt_count, d.webhook_id, d.ordering_key`),
    deliveries_updated: step(sql`
      UPDATE deliveries d
      SET status = 'dead', dead_at = CASE WHEN b.test THEN NULL ELSE now() END, next_attempt_at = NULL,
          last_error_code = $3, updated_at = now()
      FROM buried b WHERE d.id = b.delivery_id`),
    dead_letters: step(sql`
      SELECT delivery_id, attempt_count AS attempts, $4::text AS last_error
      FROM buried WHERE NOT test`),
    fallbacks_begun: step(beginFallbacks('dead_letters')),
    ...storeOperationalEvents(deliveryDeadEvents('dead_letters')),
  },
  sql`
  SELECT ${OPERATIONAL_EVENTS_STORED} AS operational_events,
    (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM buried
     WHERE ordering_key IS NOT NULL) AS sessions`,
);

/** The one row of {@link BURY}. */
export interface BuryRow {
  operational_events: boolean;
  /** Ordered sessions in which a delivery ended. */
  sessions: OrderedSession[] | null;
}
