import type { TurnedAway } from '@schoolbell/delivery';
import type { OrderedSession } from '../../steps/promote.js';
import { isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/**
 * Claimed deliveries that their webhooks turn away end without an attempt.
 *
 * `$1` delivery ids, `$2` lease ids, `$3` reasons
 */
export const DISCARD = statement(
  {
    turned_away: materialized(sql`
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS t (delivery_id, lease_id, reason)`),
    ended: step(sql`
      DELETE FROM due_deliveries d
      USING turned_away t
      WHERE ${isRow('d.delivery_id', 't.delivery_id')} AND d.lease_id = t.lease_id
      RETURNING d.delivery_id, d.webhook_id, d.ordering_key, t.reason`),
    deliveries_updated: step(sql`
      UPDATE deliveries d
      SET status = 'discarded', discard_reason = e.reason, next_attempt_at = NULL, updated_at = now()
      FROM ended e WHERE d.id = e.delivery_id`),
  },
  sql`
  SELECT (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM ended
   WHERE ordering_key IS NOT NULL) AS sessions`,
);

/** The one row of {@link DISCARD}. */
export interface DiscardRow {
  /** Ordered sessions in which a delivery ended. */
  sessions: OrderedSession[] | null;
}

export function discardParameters(turnedAway: readonly TurnedAway[]): unknown[] {
  return [
    turnedAway.map(({ claimed }) => claimed.id),
    turnedAway.map(({ claimed }) => claimed.leaseId),
    turnedAway.map(({ reason }) => reason),
  ];
}
