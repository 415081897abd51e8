import type { TurnedAway } from '@schoolbell/delivery';
import { alsoHolds, isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';

/**
 * Takes deliveries that their webhook turns away out of batches that were claimed and not yet sent: these deliveries
 * end, with those that were skipped in their favour, and the others of the batch move up. A batch with nothing left
 * in it ends too.
 *
 * `$1` batch ids, `$2` lease ids, `$3` delivery ids, `$4` reasons
 */
export const SIFT_BATCHES = statement(
  {
    turned_away: materialized(sql`
      SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[])
        AS t (batch_id, lease_id, delivery_id, reason)`),
    ours: materialized(sql`
      SELECT b.id
      FROM (SELECT DISTINCT batch_id, lease_id FROM turned_away) t
      JOIN batches b ON ${isRow('b.id', 't.batch_id')} AND b.lease_id = t.lease_id
      FOR UPDATE OF b`),
    members: materialized(sql`
      SELECT m.*, t.reason
      FROM ours o
      JOIN batch_members m ON ${isRow('m.batch_id', 'o.id')}
      LEFT JOIN turned_away t ON t.batch_id = m.batch_id
        AND t.delivery_id = coalesce(m.coalesced_into, m.delivery_id)`),
    away: step(sql`SELECT * FROM members WHERE reason IS NOT NULL`),
    left_over: materialized(sql`
      SELECT batch_id, delivery_id, row_number() OVER (PARTITION BY batch_id ORDER BY position) AS position
      FROM members WHERE reason IS NULL AND position IS NOT NULL`),
    moved_up: step(sql`
      UPDATE batch_members m SET position = l.position
      FROM left_over l
      WHERE ${isRow('m.batch_id', 'l.batch_id')} AND ${isRow('m.delivery_id', 'l.delivery_id')}`),
    taken_out: step(sql`
      DELETE FROM batch_members m USING away a
      WHERE ${isRow('m.batch_id', 'a.batch_id')} AND ${isRow('m.delivery_id', 'a.delivery_id')}`),
    shrunk: step(sql`
      UPDATE batches b
      SET size = l.size, status = CASE l.size WHEN 0 THEN 'discarded' ELSE b.status END,
          lease_id = CASE l.size WHEN 0 THEN NULL ELSE b.lease_id END,
          leased_until = CASE l.size WHEN 0 THEN NULL ELSE b.leased_until END
      FROM (
        SELECT o.id, (SELECT count(*) FROM left_over l WHERE l.batch_id = o.id) AS size FROM ours o
      ) l
      WHERE ${isRow('b.id', 'l.id')}`),
    ended: step(sql`
      DELETE FROM due_deliveries d USING away a
      WHERE ${isRow('d.delivery_id', 'a.delivery_id')} AND ${alsoHolds('d.batch_id = a.batch_id')}
      RETURNING d.delivery_id, a.reason, a.coalesced_into`),
  },
  sql`
  UPDATE deliveries d
  SET status = 'discarded', discard_reason = e.reason, coalesced_into = e.coalesced_into, next_attempt_at = NULL,
      updated_at = now()
  FROM ended e WHERE d.id = e.delivery_id`,
);

/** For each batch, its members that are turned away. */
export function siftParameters(turnedAway: readonly TurnedAway[]): unknown[] {
  const rows = turnedAway.flatMap(({ claimed, reason }) =>
    (claimed.members ?? []).map(({ deliveryId }) => ({ claimed, deliveryId, reason })),
  );
  return [
    rows.map(({ claimed }) => claimed.id),
    rows.map(({ claimed }) => claimed.leaseId),
    rows.map(({ deliveryId }) => deliveryId),
    rows.map(({ reason }) => reason),
  ];
}
