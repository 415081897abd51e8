import type { RecordReport } from '@schoolbell/delivery';
import { beginFallbacks } from '../../steps/begin-fallbacks.js';
import { mailToOwners } from '../../steps/mail-to-owners.js';
import { BATCH, BATCH_COLUMNS, insertAttempts } from './attempt-batch.js';
import {
  deliveryDeadEvents,
  emitEvents,
  TOLD,
  webhookPausedEvents,
} from '../../steps/operational-events.js';

const RETURNED = BATCH_COLUMNS.map((name) => `b.${name}`).join(', ');

/** Where a webhook was deleted, and so is none of `counted`, what is discarded becomes no dead letter. */
const STATE_AT_THE_END = `
    CASE WHEN b.state = 'dead' AND NOT b.test AND b.webhook_id NOT IN (SELECT id FROM counted)
      THEN 'discarded' ELSE b.state END AS state`;
const ENDED = BATCH_COLUMNS.map((name) => (name === 'state' ? STATE_AT_THE_END : `b.${name}`)).join(
  ', ',
);

/** Always true, and known only when all of `counted` is locked. */
const ONCE_LOCKED = '(SELECT count(*) FROM counted) >= 0';

/** What a batch makes Schoolbell tell: webhooks that it paused, deliveries that it dead-lettered. */
const NEWS = `
dead AS (
  SELECT delivery_id, number AS attempts, error_message AS last_error
  FROM recorded WHERE state = 'dead' AND NOT test
),
fallen_back AS (${beginFallbacks('dead')}
),
mailed AS (${mailToOwners('paused')}
),${emitEvents(`${webhookPausedEvents('paused')} UNION ALL ${deliveryDeadEvents('dead')}`)}`;

/**
 * Records a batch of attempts, with their deliveries' new states and their webhooks' counts, in one
 * statement. Parameters are those of {@link BATCH}.
 *
 * `counted` holds the webhooks whose count can change, locked in the order of their ids before anything
 * else is: so two dispatchers, or a dispatcher and a pause, never wait for each other in a circle. A row
 * of `due_deliveries` is ours only with our lease on it; `recorded` is what was ours.
 *
 * A `run` is a stretch of failures of one webhook; each success begins a new one, and run 0 goes on from
 * the failures before this batch. An event of ours that is damaged is no failure of its receiver, nor a
 * success; and what was claimed before the webhook was resumed says nothing of how its receiver is now. A
 * webhook is paused when any run is long enough, once, since it is locked and was active.
 */
const STEPS = `
WITH batch AS MATERIALIZED (${BATCH}
),
counted AS MATERIALIZED (
  SELECT w.id, w.status, w.auto_pause_after, w.consecutive_failures, w.resumed_version
  FROM (
    SELECT webhook_id, bool_or(state <> 'delivered') AS failed
    FROM batch WHERE NOT test GROUP BY webhook_id
  ) b
  JOIN webhooks w ON w.id = b.webhook_id AND (b.failed OR w.consecutive_failures <> 0)
    AND w.deleted_at IS NULL
  ORDER BY w.id
  FOR NO KEY UPDATE OF w
),
over AS (
  DELETE FROM due_deliveries d
  USING batch b
  WHERE ${ONCE_LOCKED} AND d.delivery_id = b.delivery_id AND d.lease_id = b.lease_id
    AND b.state <> 'waiting'
  RETURNING ${ENDED}, NULL::timestamptz AS due_at
),
rescheduled AS (
  UPDATE due_deliveries d
  SET due_at = now() + b.delay * interval '1 second', attempt_count = b.number,
      cycle_failures = b.cycle_failures, interruptions = 0, lease_id = NULL, leased_at = NULL, leased_until = NULL,
      trigger = CASE d.trigger WHEN 'manual' THEN 'scheduled' ELSE d.trigger END
  FROM batch b
  WHERE ${ONCE_LOCKED} AND d.delivery_id = b.delivery_id AND d.lease_id = b.lease_id
    AND b.state = 'waiting'
  RETURNING ${RETURNED}, d.due_at
),
recorded AS MATERIALIZED (
  SELECT * FROM over UNION ALL SELECT * FROM rescheduled
),
attempted AS (${insertAttempts('recorded')}
),
updated AS (
  UPDATE deliveries d
  SET status = r.state, attempt_count = r.number, next_attempt_at = r.due_at, last_attempt_at = r.at,
      last_response_status = r.response_status, last_error_code = r.error_code,
      last_duration_ms = r.total_ms, updated_at = now(),
      dead_at = CASE WHEN r.state = 'dead' AND NOT r.test THEN now() END
  FROM recorded r
  WHERE d.id = r.delivery_id
),
runs AS (
  SELECT webhook_id, run, count(*) FILTER (WHERE failed) AS failures, bool_or(gone) AS gone,
    (array_agg(error_message ORDER BY ord DESC) FILTER (WHERE failed))[1] AS last_error
  FROM (
    SELECT webhook_id, ord, gone, error_message, state <> 'delivered' AS failed,
      count(*) FILTER (WHERE state = 'delivered') OVER (PARTITION BY webhook_id ORDER BY ord) AS run
    FROM recorded r
    JOIN counted c ON c.id = r.webhook_id AND r.webhook_version >= c.resumed_version
    WHERE NOT test AND error_code IS DISTINCT FROM 'damaged_event'
  ) attempts
  GROUP BY webhook_id, run
),
lengths AS (
  SELECT r.webhook_id, r.run, r.gone, r.last_error, c.status, c.auto_pause_after,
    r.failures + CASE r.run WHEN 0 THEN c.consecutive_failures ELSE 0 END AS length
  FROM runs r JOIN counted c ON c.id = r.webhook_id
),
tallies AS (
  SELECT webhook_id, (array_agg(length ORDER BY run DESC))[1] AS failing,
    max(length) AS longest,
    (array_agg(last_error ORDER BY run DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS last_error,
    CASE
      WHEN status <> 'active' THEN NULL
      WHEN bool_or(gone) THEN 'gone'
      WHEN auto_pause_after > 0 AND max(length) >= auto_pause_after THEN 'consecutive_failures'
    END AS reason
  FROM lengths
  GROUP BY webhook_id, status, auto_pause_after
),
paused AS (
  UPDATE webhooks w
  SET consecutive_failures = t.failing,
      status = CASE WHEN t.reason IS NULL THEN w.status ELSE 'paused' END,
      pause_reason = coalesce(t.reason, w.pause_reason),
      paused_at = CASE WHEN t.reason IS NULL THEN w.paused_at ELSE now() END,
      pause_last_error = CASE WHEN t.reason IS NULL THEN w.pause_last_error ELSE t.last_error END,
      updated_at = CASE WHEN t.reason IS NULL THEN w.updated_at ELSE now() END
  FROM tallies t
  WHERE w.id = t.webhook_id AND (w.consecutive_failures <> t.failing OR t.reason IS NOT NULL)
  RETURNING w.id, w.tenant_id, t.reason, t.longest AS failures, t.last_error
)`;

const RESULT = `
SELECT
  (SELECT string_agg(ord::text, ',') FROM recorded) AS recorded,
  (SELECT json_agg(json_build_object('webhookId', id, 'reason', reason)) FROM paused
   WHERE reason IS NOT NULL) AS paused`;

/** For a batch of successes, and failures of tests, of which there is nothing to tell. */
export const RECORD = `${STEPS}${RESULT}, NULL AS told, NULL AS fallen_back`;

/** For a batch in which some attempt failed: what comes of it is told in the same transaction. */
export const RECORD_FAILURES = `${STEPS},${NEWS}${RESULT}, ${TOLD} AS told,
  (SELECT string_agg(DISTINCT webhook_id::text, ',') FROM fallen_back) AS fallen_back`;

/** The one row of {@link RECORD}. */
export interface RecordRow {
  /** The `ord` of each attempt that was recorded, joined by commas; null for none. */
  recorded: string | null;
  paused: RecordReport['paused'] | null;
  /** See `TOLD`. */
  told: string | null;
  /** Webhooks whose `fallbackUrl` has something to get, joined by commas. */
  fallen_back: string | null;
}

/**
 * For attempts whose delivery was discarded while they were under way, as when its webhook was deleted: the
 * attempt happened and goes into the history, the delivery stays discarded.
 */
export const RECORD_DISCARDED = `
WITH batch AS MATERIALIZED (${BATCH}
),
discarded AS (
  UPDATE deliveries d
  SET attempt_count = b.number, last_attempt_at = b.at, last_response_status = b.response_status,
      last_error_code = b.error_code, last_duration_ms = b.total_ms, updated_at = now()
  FROM batch b
  WHERE d.id = b.delivery_id AND d.status = 'discarded' AND d.attempt_count < b.number
  RETURNING ${RETURNED}
),
attempted AS (${insertAttempts('discarded')}
)
SELECT delivery_id FROM discarded`;
