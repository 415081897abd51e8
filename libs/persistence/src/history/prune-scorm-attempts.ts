import type { ClientBase } from 'pg';
import { boundAt } from '../database/id-range.js';
import type { Deletion } from './delete-batches.js';
import { walkRows } from './walk-rows.js';

/** One made later than `$4` is not looked at; one that somebody commits to at this moment is not waited for, and stays. */
const PRUNE = `
WITH looked_at AS MATERIALIZED (
  SELECT id FROM scorm_attempts WHERE id > $2 AND id < $4 ORDER BY id LIMIT $3
),
old AS MATERIALIZED (
  SELECT a.id, a.tenant_id, a.registration_key, a.attempt
  FROM looked_at l JOIN scorm_attempts a ON a.id = l.id
  WHERE a.last_commit_at < $1
  FOR UPDATE OF a SKIP LOCKED
),
launches_remembered AS (
  UPDATE scorm_completions c SET launch_keys = ARRAY (
    SELECT unnest(c.launch_keys) UNION SELECT unnest(had.launch_keys))
  FROM (
    SELECT o.tenant_id, o.registration_key, o.attempt, array_agg(l.session_id || E'\\n' || l.launch_key) AS launch_keys
    FROM old o JOIN scorm_launches l ON l.attempt_id = o.id
    WHERE l.launch_key <> '' AND l.token_hash IS NULL
    GROUP BY 1, 2, 3
  ) had
  WHERE c.tenant_id = had.tenant_id AND c.registration_key = had.registration_key AND c.attempt = had.attempt
),
deleted AS (
  DELETE FROM scorm_attempts a USING old o WHERE a.id = o.id
  RETURNING a.id
)
SELECT (SELECT count(*) FROM deleted) AS deleted,
  (SELECT id FROM looked_at ORDER BY id DESC LIMIT 1) AS reached`;

/**
 * The state of an attempt goes so long after its last commit, and its launches with it. What was completed of it is
 * remembered, and which launches of a runtime's server it had.
 */
export async function pruneScormAttempts(
  client: ClientBase,
  horizon: Date,
  positions: Map<string, string>,
): Promise<Deletion> {
  return walkRows('scorm_attempts', positions, async (after, limit) => {
    const { rows } = await client.query(PRUNE, [horizon, after, limit, boundAt(horizon)]);
    return rows[0];
  });
}
