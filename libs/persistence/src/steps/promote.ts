import type { Pool } from 'pg';
import { runPrepared } from '../database/run-prepared.js';
import { isRow, isUnderWay } from './predicates.js';
import { materialized, sql, statement, step, type Step } from './statement.js';

/** The deliveries of one session for one webhook, whose order is kept. */
export type OrderedSession = readonly [webhookId: string, orderingKey: string];

/**
 * Lets the first delivery of each session be claimed, from now on.
 *
 * Deliveries of an ordered session await their turn, unseen by claims, while another one is before them. Whoever
 * commits the end of one, or puts one behind others, looks here afterwards: of two who do so at once, the one
 * that commits last sees what both have written. Who crashes in between leaves it to the sweep.
 *
 * `$1` webhook ids, `$2` ordering keys, `$3` whether an attempt in them is over: one that was sent again by hand
 * meanwhile has been due for longer than claims look back
 */
export const PROMOTE = statement(
  {
    sessions: step(sql`
      SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS s (webhook_id, ordering_key)`),
    firsts: materialized(sql`
      SELECT first.delivery_id
      FROM sessions s
      CROSS JOIN LATERAL (
        SELECT d.delivery_id, d.awaits_turn, d.due_at FROM due_deliveries d
        WHERE d.webhook_id = s.webhook_id AND d.ordering_key = s.ordering_key
        ORDER BY d.ordering_number, d.event_id, d.delivery_id LIMIT 1
      ) first
      WHERE first.awaits_turn OR ($3::boolean AND first.due_at < now())`),
    unlocked: unlockedOf('firsts'),
  },
  promote('unlocked'),
);

/** As {@link PROMOTE}, for sessions in which nobody did it. */
export const PROMOTE_FORGOTTEN = statement(
  {
    sessions: step(sql`
      (${firstAfter('$1::uuid', '$2::text')})
      UNION ALL
      SELECT next.*
      FROM sessions s
      CROSS JOIN LATERAL (
        ${firstAfter('s.webhook_id', 's.ordering_key')}
      ) next`),
    looked_at: materialized(sql`SELECT * FROM sessions LIMIT $3`),
    forgotten: step(sql`SELECT delivery_id FROM looked_at WHERE awaits_turn`),
    unlocked: unlockedOf('forgotten'),
    promoted: step(promote('unlocked')),
  },
  sql`
    SELECT (SELECT count(*) FROM promoted) AS promoted, l.webhook_id, l.ordering_key
    FROM (VALUES (true)) AS always (row)
    LEFT JOIN (SELECT webhook_id, ordering_key FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) l ON true`,
  { recursive: true },
);

/** The one row of {@link PROMOTE_FORGOTTEN}; the session to go on after, null when there are no more. */
export interface PromotedRow {
  promoted: number;
  webhook_id: string | null;
  ordering_key: string | null;
}

/** Runs {@link PROMOTE}. */
export async function promoteFirsts(
  pool: Pool,
  sessions: readonly OrderedSession[],
  { attemptIsOver = false } = {},
): Promise<void> {
  if (sessions.length === 0) return;
  const webhookIds = sessions.map(([webhookId]) => webhookId);
  const orderingKeys = sessions.map(([, orderingKey]) => orderingKey);
  const values = [webhookIds, orderingKeys, attemptIsOver];
  await runPrepared(pool, { name: 'promote', text: PROMOTE, values });
}

/** Who is locked is being claimed, recorded or promoted: nothing to wait for. */
function unlockedOf(firsts: string): Step {
  return materialized(sql`
    SELECT d.delivery_id FROM ${firsts} f
    JOIN due_deliveries d ON ${isRow('d.delivery_id', 'f.delivery_id')}
    WHERE NOT ${isUnderWay('d')}
    FOR UPDATE OF d SKIP LOCKED`);
}

/** Due from now on: claims look for what has become due since they last looked. */
function promote(firsts: string): string {
  return sql`
    UPDATE due_deliveries d SET awaits_turn = false, due_at = greatest(d.due_at, now())
    FROM ${firsts} f
    WHERE ${isRow('d.delivery_id', 'f.delivery_id')}
    RETURNING d.webhook_id`;
}

/** The first delivery of the session that comes after another in the order of their index. */
function firstAfter(webhookId: string, orderingKey: string): string {
  return sql`
    SELECT d.webhook_id, d.ordering_key, d.delivery_id, d.awaits_turn FROM due_deliveries d
    WHERE d.ordering_key IS NOT NULL AND (d.webhook_id, d.ordering_key) > (${webhookId}, ${orderingKey})
    ORDER BY d.webhook_id, d.ordering_key, d.ordering_number, d.event_id, d.delivery_id LIMIT 1`;
}
