import type { ClientBase } from 'pg';
import type { Deletion } from './delete-batches.js';
import { walkRows } from './walk-rows.js';

/** A fallback is part of its delivery's history, and goes after that. */
const PRUNE = `
WITH looked_at AS MATERIALIZED (
  SELECT delivery_id, due_at, status FROM fallbacks WHERE delivery_id > $2 ORDER BY delivery_id LIMIT $3
),
deleted AS (
  DELETE FROM fallbacks f USING looked_at l
  WHERE f.delivery_id = l.delivery_id AND l.due_at < $1 AND f.status <> 'pending'
    AND NOT EXISTS (SELECT FROM deliveries d WHERE d.id = f.delivery_id)
  RETURNING f.delivery_id
)
SELECT (SELECT count(*) FROM deleted) AS deleted,
  (SELECT delivery_id FROM looked_at ORDER BY delivery_id DESC LIMIT 1) AS reached`;

/** Those of deliveries that are still there are passed over, and looked at once a walk. */
export async function pruneFallbacks(
  client: ClientBase,
  horizon: Date,
  positions: Map<string, string>,
): Promise<Deletion> {
  return walkRows('fallbacks', positions, async (after, limit) => {
    const { rows } = await client.query(PRUNE, [horizon, after, limit]);
    return rows[0];
  });
}
