import type { ClientBase } from 'pg';
import type { Deletion } from './delete-batches.js';
import { boundAt } from '../database/id-range.js';
import { walkRows } from './walk-rows.js';

/** Each has up to a hundred members. */
const BATCHES_PER_STATEMENT = 100;

/** A batch is part of its deliveries' history, and goes after the last of them. One made later than `$4` is not looked at. */
const PRUNE = `
WITH looked_at AS MATERIALIZED (
  SELECT id, due_at, status FROM batches WHERE id > $2 AND id < $4 ORDER BY id LIMIT least($3::integer, ${BATCHES_PER_STATEMENT})
),
deleted AS (
  DELETE FROM batches b USING looked_at l
  WHERE b.id = l.id AND l.due_at < $1 AND b.status <> 'waiting'
    AND NOT EXISTS (
      SELECT FROM batch_members m JOIN deliveries d ON d.id = m.delivery_id WHERE m.batch_id = b.id)
  RETURNING b.id
),
members_deleted AS (
  DELETE FROM batch_members m USING deleted d WHERE m.batch_id = d.id
)
SELECT (SELECT count(*) FROM deleted) AS deleted,
  (SELECT id FROM looked_at ORDER BY id DESC LIMIT 1) AS reached`;

/** Those of deliveries that are still there are passed over, and looked at once a walk. */
export async function pruneBatches(
  client: ClientBase,
  horizon: Date,
  positions: Map<string, string>,
): Promise<Deletion> {
  return walkRows('batches', positions, async (after, limit) => {
    const { rows } = await client.query(PRUNE, [horizon, after, limit, boundAt(horizon)]);
    return rows[0];
  });
}
