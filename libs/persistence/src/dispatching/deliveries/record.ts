import type { RecordReport } from '@schoolbell/delivery';
import { beginFallbacks } from '../../steps/begin-fallbacks.js';
import { mailToOwners, webhookPausedMails } from '../../steps/mail-to-owners.js';
import {
  deliveryDeadEvents,
  OPERATIONAL_EVENTS_STORED,
  storeOperationalEvents,
  webhookPausedEvents,
} from '../../steps/operational-events.js';
import { isRow, webhookOf } from '../../steps/predicates.js';
import type { OrderedSession } from '../../steps/promote.js';
import { materialized, sql, statement, step, type Steps } from '../../steps/statement.js';
import { toldError } from '../../steps/told-error.js';
import { ATTEMPT_BATCH, batchColumns, insertAttempts } from './attempt-batch.js';
import { countFailures } from './count-failures.js';

/** If a webhook was deleted, and so is not in `counted`, what is discarded does not become a dead letter. */
export const FINAL_STATE = sql`
  CASE WHEN b.state = 'dead' AND NOT b.test AND b.webhook_id NOT IN (SELECT id FROM counted)
    THEN 'discarded' ELSE b.state END`;

/** Known only when all of `counted` is locked. */
export const NOT_SET_ASIDE = '(b.test OR b.webhook_id NOT IN (SELECT id FROM set_aside))';

/**
 * `counted` holds the webhooks whose count can change, locked before anything else is. The statement waits for
 * nobody: the attempts of a webhook whose row somebody else has locked are `set_aside`, and nothing of them is
 * written.
 */
export const LOCKED_WEBHOOKS: Steps = {
  to_count: materialized(sql`
    SELECT w.id
    FROM (
      SELECT webhook_id, bool_or(state <> 'delivered') AS failed
      FROM batch WHERE NOT test GROUP BY webhook_id
    ) b
    CROSS JOIN ${webhookOf('b.webhook_id')}
    WHERE (b.failed OR w.consecutive_failures <> 0) AND w.deleted_at IS NULL`),
  counted: materialized(sql`
    SELECT w.id, w.status, w.auto_pause_after, w.consecutive_failures, w.resumed_version
    FROM to_count t
    CROSS JOIN LATERAL (
      SELECT * FROM webhooks w WHERE w.id = t.id FOR NO KEY UPDATE SKIP LOCKED
    ) w
    WHERE w.deleted_at IS NULL`),
  set_aside: materialized(sql`SELECT id FROM to_count EXCEPT SELECT id FROM counted`),
};

/** What the history says of `recorded`. */
const HISTORY_WRITTEN: Steps = {
  attempts_written: step(insertAttempts('recorded')),
  deliveries_updated: step(sql`
    UPDATE deliveries d
    SET status = r.state, attempt_count = r.number, next_attempt_at = r.due_at, last_attempt_at = r.at,
        last_response_status = r.response_status, last_error_code = r.error_code,
        last_duration_ms = r.total_ms, updated_at = now(),
        dead_at = CASE WHEN r.state = 'dead' AND NOT r.test THEN now() END
    FROM recorded r
    WHERE d.id = r.delivery_id`),
};

/**
 * Records a batch of attempts, with their deliveries' new states and their webhooks' counts, in one
 * statement. Parameters are those of {@link ATTEMPT_BATCH}.
 *
 * A row of `due_deliveries` is ours only if it has our lease; `recorded` is what was ours.
 */
const STEPS: Steps = {
  batch: materialized(ATTEMPT_BATCH),
  ...LOCKED_WEBHOOKS,
  ended: step(sql`
    DELETE FROM due_deliveries d
    USING batch b
    WHERE ${isRow('d.delivery_id', 'b.delivery_id')} AND d.lease_id = b.lease_id AND b.state <> 'waiting'
      AND ${NOT_SET_ASIDE}
    RETURNING ${batchColumns({ state: `${FINAL_STATE} AS state` })}, d.tenant_id, NULL::timestamptz AS due_at,
      d.ordering_key`),
  rescheduled: step(sql`
    UPDATE due_deliveries d
    SET due_at = now() + b.delay * interval '1 second', attempt_count = b.number,
        cycle_failures = b.cycle_failures, interruptions = 0,
        lease_id = NULL, leased_at = NULL, leased_until = NULL,
        trigger = CASE d.trigger WHEN 'manual' THEN 'scheduled' ELSE d.trigger END
    FROM batch b
    WHERE ${isRow('d.delivery_id', 'b.delivery_id')} AND d.lease_id = b.lease_id AND b.state = 'waiting'
      AND ${NOT_SET_ASIDE}
    RETURNING ${batchColumns()}, d.tenant_id, d.due_at, d.ordering_key`),
  recorded: materialized(sql`SELECT * FROM ended UNION ALL SELECT * FROM rescheduled`),
  ...HISTORY_WRITTEN,
  ...countFailures('recorded', 'counted'),
};

/** Somebody else has locked the row of the attempt's webhook; tests need it not. */
export const IS_SET_ASIDE = 'webhook_id IN (SELECT id FROM set_aside)';

/** Webhooks that this recording paused. */
export const PAUSED = sql`
  (SELECT json_agg(json_build_object('webhookId', id, 'reason', reason)) FROM webhooks_updated
   WHERE reason IS NOT NULL)`;

/**
 * The places of attempts in the batch, joined by commas.
 *
 * @param rows what stands behind FROM
 */
export function placesOf(rows: string): string {
  return sql`(SELECT string_agg(ord::text, ',') FROM ${rows})`;
}

const RECORDED = sql`
  ${placesOf('recorded')} AS recorded,
  ${placesOf(`batch b\n WHERE NOT test AND ${IS_SET_ASIDE}`)} AS set_aside,
  (SELECT json_agg(DISTINCT jsonb_build_array(webhook_id, ordering_key)) FROM recorded
   WHERE ordering_key IS NOT NULL) AS sessions`;

/**
 * For a batch of successes, as most batches are: every step of a statement costs some 20 µs even if it finds nothing.
 * A success ends a webhook's run of failures, and has no other effect.
 */
export const RECORD_DELIVERED = statement(
  {
    batch: materialized(ATTEMPT_BATCH),
    ...LOCKED_WEBHOOKS,
    recorded: step(sql`
      DELETE FROM due_deliveries d
      USING batch b
      WHERE ${isRow('d.delivery_id', 'b.delivery_id')} AND d.lease_id = b.lease_id AND ${NOT_SET_ASIDE}
      RETURNING ${batchColumns()}, d.tenant_id, NULL::timestamptz AS due_at, d.ordering_key`),
    ...HISTORY_WRITTEN,
    failures_over: step(sql`
      UPDATE webhooks w
      SET consecutive_failures = 0
      FROM counted c
      WHERE ${isRow('w.id', 'c.id')}
        AND EXISTS (
          SELECT FROM recorded r
          WHERE r.webhook_id = c.id AND NOT r.test AND r.webhook_version >= c.resumed_version)`),
  },
  sql`
  SELECT
    ${RECORDED},
    NULL AS paused,
    false AS operational_events,
    NULL AS fallbacks_begun`,
);

/** What follows from failures: needs the steps `dead_letters` and `webhooks_updated`. */
export const CONSEQUENCES = {
  fallbacks_begun: step(beginFallbacks('dead_letters')),
  mails_written: step(mailToOwners('webhook.paused', webhookPausedMails('webhooks_updated'))),
  ...storeOperationalEvents(
    sql`
      ${webhookPausedEvents('webhooks_updated')}
      UNION ALL
      ${deliveryDeadEvents('dead_letters')}`,
  ),
};

/** @param recorded the columns that say what was recorded, by the steps of its statement */
export function withConsequences(recorded: string): string {
  return sql`
  SELECT
    ${recorded},
    ${OPERATIONAL_EVENTS_STORED} AS operational_events,
    (SELECT string_agg(DISTINCT webhook_id::text, ',') FROM fallbacks_begun) AS fallbacks_begun`;
}

/** For a batch in which some attempt failed: what follows from it commits in the same transaction. */
export const RECORD = statement(
  {
    ...STEPS,
    dead_letters: step(sql`
      SELECT delivery_id, number AS attempts, ${toldError('error_message')} AS last_error
      FROM recorded WHERE state = 'dead' AND NOT test`),
    ...CONSEQUENCES,
  },
  withConsequences(`${RECORDED},\n${PAUSED} AS paused`),
);

/** The one row of {@link RECORD}, and of {@link RECORD_DELIVERED}. */
export interface RecordRow {
  /** The `ord` of each attempt that was recorded, joined by commas; null for none. */
  recorded: string | null;
  paused: RecordReport['paused'] | null;
  /** The `ord` of each attempt that was set aside, joined by commas; null for none. */
  set_aside: string | null;
  /** Ordered sessions in which an attempt ended. */
  sessions: OrderedSession[] | null;
  operational_events: boolean;
  /** Webhooks whose `fallbackUrl` has something to get, joined by commas. */
  fallbacks_begun: string | null;
}

/** What was sent and answered, unless the learner was erased in the meantime. */
const NOTHING_OF_ERASED = Object.fromEntries(
  ['request_headers', 'rendered_with', 'response_headers', 'response_body', 'error_message'].map(
    (name) => [name, unlessErased(name)],
  ),
);

/**
 * For attempts whose delivery was discarded while they were under way, for example because its webhook was deleted:
 * the attempt happened and goes into the history, the delivery stays discarded. For an erased delivery, the history
 * keeps only what an erasure leaves.
 */
export const RECORD_DISCARDED = statement(
  {
    batch: materialized(ATTEMPT_BATCH),
    discarded: step(sql`
      UPDATE deliveries d
      SET attempt_count = b.number, last_attempt_at = b.at, last_response_status = b.response_status,
          last_error_code = b.error_code, last_duration_ms = b.total_ms, updated_at = now()
      FROM batch b
      WHERE d.id = b.delivery_id AND d.status = 'discarded' AND d.attempt_count < b.number
      RETURNING ${batchColumns(NOTHING_OF_ERASED)}, d.tenant_id`),
    attempts_written: step(insertAttempts('discarded')),
  },
  `SELECT delivery_id FROM discarded`,
);

function unlessErased(column: string): string {
  const instead = column === 'request_headers' ? `'{}'` : 'NULL';
  return `CASE WHEN d.erased_at IS NULL THEN b.${column} ELSE ${instead} END AS ${column}`;
}
