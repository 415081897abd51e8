import {
  alsoHolds,
  isCollecting,
  isDue,
  isRow,
  isUnleased,
  sendsBatches,
  webhookOf,
} from '../../steps/predicates.js';
import { materialized, sql, statement, step } from '../../steps/statement.js';
import { attemptsOfMembers, insertInterruptedBatches } from './members-of-batches.js';

/** A sweep looks at no more webhooks than this, which takes about 20 ms; the next one goes on from there. */
export const WEBHOOKS_PER_SWEEP = 5_000;

/**
 * A batch that can be formed before the next sweep is named already: the claim then says to the millisecond when.
 * Seconds.
 */
const AHEAD = 3;

/** How many deliveries one statement releases to go alone, some 50 ms of Postgres; webhooks share them. */
const RELEASED_AT_ONCE = 1_000;
/** Each has up to a hundred deliveries; webhooks share them too. */
const BROKEN_UP_AT_ONCE = 10;

/**
 * Webhooks with batches that are due, or that can soon be formed; found by hopping from webhook to webhook through
 * the index of what is collected. Webhooks that are `deleted`, or that send `single` deliveries now, are found
 * whatever they collect: it has to be discarded, or released.
 *
 * `$1` the webhook id to begin after, `$2` how many to find at most, `$3` how many to look at. Always at least one
 * row, for `looked_to`: the last webhook looked at, null when it was the last of all.
 */
export const DUE_BATCHES = statement(
  {
    hop: step(sql`
      (${oldestAfter('$1::uuid')})
      UNION ALL
      SELECT next.webhook_id, next.due_at
      FROM hop
      CROSS JOIN LATERAL (
        ${oldestAfter('hop.webhook_id')}
      ) next`),
    looked_at: materialized(sql`SELECT * FROM hop LIMIT $3`),
    ready: materialized(sql`
      SELECT DISTINCT b.webhook_id FROM batches b
      WHERE b.webhook_id > $1::uuid AND b.status = 'waiting' AND ${isDue('b')}
        AND ${isUnleased('b')}`),
    candidates: step(sql`
      SELECT webhook_id, due_at FROM looked_at
      UNION ALL
      SELECT webhook_id, NULL FROM ready`),
    found: step(sql`
      SELECT c.webhook_id, w.id IS NULL OR w.deleted_at IS NOT NULL AS deleted,
        w.id IS NOT NULL AND NOT ${sendsBatches('w')} AS single, c.oldest
      FROM (SELECT webhook_id, min(due_at) AS oldest, bool_or(due_at IS NULL) AS ready FROM candidates GROUP BY 1) c
      LEFT JOIN ${webhookOf('c.webhook_id')} ON true
      WHERE w.id IS NULL OR w.deleted_at IS NOT NULL OR NOT ${sendsBatches('w')}
        OR (w.status = 'active' AND (c.ready
          OR c.oldest + (w.delivery->>'intervalSeconds')::float8 * interval '1 second'
            <= now() + interval '${AHEAD} seconds'
          OR (w.delivery->>'maxEvents')::integer = (
            SELECT count(*) FROM (
              SELECT FROM due_deliveries d
              WHERE d.webhook_id = w.id AND ${isCollecting('d')}
              LIMIT (w.delivery->>'maxEvents')::integer
            ) as_many)))
      ORDER BY c.webhook_id LIMIT $2`),
  },
  sql`
  SELECT f.webhook_id, f.deleted, f.single, (extract(epoch FROM f.oldest) * 1000)::float8 AS oldest,
    (SELECT webhook_id FROM looked_at OFFSET $3::bigint - 1 LIMIT 1) AS looked_to
  FROM (VALUES (true)) AS always (row)
  LEFT JOIN found f ON true`,
  { recursive: true },
);

/** The oldest delivery that the next webhook collects. */
function oldestAfter(webhookId: string): string {
  return sql`
    SELECT d.webhook_id, d.due_at FROM due_deliveries d
    WHERE d.webhook_id > ${webhookId} AND ${isCollecting('d')}
    ORDER BY d.webhook_id, d.due_at, d.delivery_id LIMIT 1`;
}

export interface DueBatchesRow {
  /** Null in the one row that says that nothing was found. */
  webhook_id: string | null;
  deleted: boolean | null;
  single: boolean | null;
  /** Since when the oldest of what is collected has waited, in Unix milliseconds; null where nothing is. */
  oldest: number | null;
  looked_to: string | null;
}

/**
 * Ends batches of webhooks that no longer exist: what is in them is discarded like everything else. `$1` webhook ids
 */
export const DISCARD_BATCHES = sql`
UPDATE batches b SET status = 'discarded', lease_id = NULL, leased_at = NULL, leased_until = NULL
WHERE b.webhook_id = ANY ($1::uuid[]) AND b.status = 'waiting' AND ${isUnleased('b')}
  AND NOT EXISTS (SELECT FROM webhooks w WHERE w.id = b.webhook_id AND w.deleted_at IS NULL)`;

const SINGLE = materialized(sql`
  SELECT w.id, w.url, w.format FROM unnest($1::uuid[]) AS s (id)
  CROSS JOIN ${webhookOf('s.id')}
  WHERE NOT ${sendsBatches('w')}`);

/** Breaks up some waiting batches of webhooks that no longer send batches. `$1` webhook ids */
export const BREAK_UP_BATCHES = statement(
  {
    single: SINGLE,
    broken: materialized(sql`
      SELECT b.*, b.id AS delivery_id, w.url, w.format FROM single w
      CROSS JOIN LATERAL (
        SELECT * FROM batches b
        WHERE b.webhook_id = w.id AND b.status = 'waiting' AND ${isUnleased('b')}
        ORDER BY b.due_at, b.id LIMIT greatest(1, ${BROKEN_UP_AT_ONCE} / (SELECT count(*) FROM single))
        FOR UPDATE SKIP LOCKED
      ) b
      LIMIT ${BROKEN_UP_AT_ONCE}`),
    broken_up: step(sql`
      UPDATE batches t SET status = 'dissolved', lease_id = NULL, leased_at = NULL, leased_until = NULL
      FROM broken b WHERE ${isRow('t.id', 'b.id')}`),
    cut_off: step(sql`SELECT * FROM broken WHERE lease_id IS NOT NULL`),
    attempts_cut_off: step(insertInterruptedBatches('cut_off')),
    deliveries_cut_off: step(attemptsOfMembers('cut_off')),
  },
  sql`
  UPDATE due_deliveries d SET batch_id = NULL
  FROM broken b
  JOIN batch_members m ON ${isRow('m.batch_id', 'b.id')}
  WHERE ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')}`,
);

/**
 * Lets some of what is collected go alone, due from now on, if a webhook no longer sends batches. An earlier
 * statement takes deliveries out of their batches: this one sees how many attempts they had there. `$1` webhook ids
 */
export const RELEASE_COLLECTED = statement(
  {
    single: SINGLE,
    collected: materialized(sql`
      SELECT d.delivery_id
      FROM single w
      CROSS JOIN LATERAL (
        SELECT d.delivery_id FROM due_deliveries d
        WHERE d.webhook_id = w.id AND ${isCollecting('d')}
        ORDER BY d.due_at, d.delivery_id LIMIT greatest(1, ${RELEASED_AT_ONCE} / (SELECT count(*) FROM single))
        FOR UPDATE SKIP LOCKED
      ) d`),
  },
  sql`
  UPDATE due_deliveries d
  SET awaits_turn = false, due_at = greatest(d.due_at, now()), attempt_count = x.attempt_count
  FROM collected r
  JOIN deliveries x ON x.id = r.delivery_id
  WHERE ${isRow('d.delivery_id', 'r.delivery_id')}`,
);
