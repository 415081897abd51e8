import { alsoHolds, isRow } from '../../steps/predicates.js';
import { materialized, sql, step, type Steps } from '../../steps/statement.js';

/**
 * Replaces each batch that is split by two new batches of its halves, due now. They go on in its cycle; a skipped
 * delivery goes with the one that is sent instead of it.
 *
 * @param recorded name of a step with the batches, of which those in the state `split` are meant
 * @param members name of a step with all that is in them
 */
export function splitBatches(recorded: string, members: string): Steps {
  return {
    halves: materialized(sql`
      SELECT new_uuid_v7() AS id, r.delivery_id AS whole, r.tenant_id, r.webhook_id, r.formed_at, r.failures,
        h.after, h.size
      FROM ${recorded} r
      CROSS JOIN LATERAL (
        VALUES (0, (r.size + 1) / 2), ((r.size + 1) / 2, r.size / 2)
      ) AS h (after, size)
      WHERE r.state = 'split' AND h.size > 0`),
    halves_stored: step(sql`
      INSERT INTO batches (id, tenant_id, webhook_id, webhook_version, size, cycle_failures)
      SELECT id, tenant_id, webhook_id, formed_at, size, failures FROM halves`),
    halved: materialized(sql`
      SELECT h.id AS batch_id, h.tenant_id, h.whole, m.delivery_id, m.position - h.after AS position,
        m.coalesced_into
      FROM halves h
      JOIN ${members} goes ON goes.batch_id = h.whole
        AND goes.position > h.after AND goes.position <= h.after + h.size
      JOIN ${members} m ON m.batch_id = h.whole AND coalesce(m.coalesced_into, m.delivery_id) = goes.delivery_id`),
    members_moved: step(sql`
      INSERT INTO batch_members (batch_id, tenant_id, delivery_id, position, coalesced_into)
      SELECT batch_id, tenant_id, delivery_id, position, coalesced_into FROM halved`),
    deliveries_moved: step(sql`
      UPDATE due_deliveries d SET batch_id = m.batch_id
      FROM halved m
      WHERE ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.whole')}`),
  };
}
