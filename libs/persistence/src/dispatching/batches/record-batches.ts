import { alsoHolds, isRow } from '../../steps/predicates.js';
import { materialized, sql, statement, step, type Steps } from '../../steps/statement.js';
import { toldError } from '../../steps/told-error.js';
import { ATTEMPT_BATCH, batchColumns, insertAttempts } from '../deliveries/attempt-batch.js';
import { countFailures } from '../deliveries/count-failures.js';
import {
  CONSEQUENCES,
  FINAL_STATE,
  IS_SET_ASIDE,
  LOCKED_WEBHOOKS,
  NOT_SET_ASIDE,
  PAUSED,
  placesOf,
  withConsequences,
  type RecordRow,
} from '../deliveries/record.js';
import { splitBatches } from './split-batches.js';

/** The batch, and with it its deliveries, is over. */
const HAS_ENDED = `m.state IN ('delivered', 'dead', 'discarded')`;
/** A delivery that was discarded in the meantime stays discarded. */
const IS_ENDING = `d.status = 'waiting' AND ${HAS_ENDED}`;
/** Rows of `due_deliveries` are locked before those of `deliveries`, as everybody does. */
const AFTER_DUE = `(SELECT count(*) FROM ended) >= 0`;

/**
 * Records attempts at batches, as attempts at deliveries are recorded: the same parameters, the same locks and counts
 * of webhooks, with one row of history for each request. Everything in the batch gets its state, also skipped
 * deliveries, which have no attempt of their own.
 */
const STEPS: Steps = {
  batch: materialized(ATTEMPT_BATCH),
  ...LOCKED_WEBHOOKS,
  recorded: step(sql`
    UPDATE batches t
    SET status = ${FINAL_STATE}, due_at = now() + coalesce(b.delay, 0) * interval '1 second',
        attempt_count = b.number, interruptions = 0,
        cycle_failures = CASE b.state WHEN 'split' THEN t.cycle_failures ELSE b.cycle_failures END,
        lease_id = NULL, leased_at = NULL, leased_until = NULL
    FROM batch b
    WHERE ${isRow('t.id', 'b.delivery_id')} AND t.lease_id = b.lease_id AND ${NOT_SET_ASIDE}
    RETURNING ${batchColumns({ state: 't.status AS state' })},
      t.tenant_id, t.size, t.webhook_version AS formed_at, t.cycle_failures AS failures, t.due_at`),
  attempts_written: step(insertAttempts('recorded')),
  members: materialized(sql`
    SELECT m.batch_id, m.delivery_id, m.position, m.coalesced_into, r.state, r.due_at, r.at, r.response_status,
      r.error_code, r.error_message, r.total_ms
    FROM recorded r
    JOIN batch_members m ON ${isRow('m.batch_id', 'r.delivery_id')}`),
  ended: step(sql`
    DELETE FROM due_deliveries d
    USING members m
    WHERE ${isRow('d.delivery_id', 'm.delivery_id')} AND ${alsoHolds('d.batch_id = m.batch_id')} AND ${HAS_ENDED}
    RETURNING d.delivery_id`),
  attempted: step(sql`
    UPDATE deliveries d
    SET status = CASE WHEN ${IS_ENDING} THEN m.state ELSE d.status END,
        attempt_count = d.attempt_count + 1, last_attempt_at = m.at,
        next_attempt_at = CASE WHEN d.status = 'waiting' AND NOT ${HAS_ENDED} THEN m.due_at END,
        last_response_status = m.response_status, last_error_code = m.error_code,
        last_duration_ms = m.total_ms, updated_at = now(),
        dead_at = CASE WHEN ${IS_ENDING} AND m.state = 'dead' THEN now() END
    FROM members m
    WHERE d.id = m.delivery_id AND m.position IS NOT NULL AND d.status IN ('waiting', 'discarded') AND ${AFTER_DUE}
    RETURNING d.id AS delivery_id, d.status, d.attempt_count AS attempts, ${toldError('m.error_message')} AS last_error`),
  passed_over: step(sql`
    UPDATE deliveries d
    SET status = m.state, coalesced_into = m.coalesced_into, next_attempt_at = NULL, updated_at = now(),
        dead_at = CASE WHEN m.state = 'dead' THEN now() END, last_error_code = m.error_code
    FROM members m
    WHERE d.id = m.delivery_id AND m.position IS NULL AND ${IS_ENDING} AND ${AFTER_DUE}
    RETURNING d.id AS delivery_id, d.status, d.attempt_count AS attempts, ${toldError('m.error_message')} AS last_error`),
  ...countFailures('recorded', 'counted'),
};

const RECORDED = sql`
  ${placesOf('recorded')} AS recorded,
  ${PAUSED} AS paused,
  ${placesOf(`batch\n WHERE ${IS_SET_ASIDE}`)} AS set_aside`;

/** For successes only: nothing else follows from them. */
export const RECORD_BATCHES = statement(
  STEPS,
  sql`
  SELECT
    ${RECORDED},
    false AS operational_events,
    NULL AS fallbacks_begun`,
);

/** If some attempt failed: what follows from it commits in the same transaction. */
export const RECORD_BATCH_FAILURES = statement(
  {
    ...STEPS,
    ...splitBatches('recorded', 'members'),
    dead_letters: step(sql`
      SELECT delivery_id, attempts, last_error FROM attempted WHERE status = 'dead'
      UNION ALL
      SELECT delivery_id, attempts, last_error FROM passed_over WHERE status = 'dead'`),
    ...CONSEQUENCES,
  },
  withConsequences(RECORDED),
);

/** The one row of {@link RECORD_BATCHES}: batches have no place in ordered sessions. */
export type RecordBatchesRow = Omit<RecordRow, 'sessions'>;
