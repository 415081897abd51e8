import { isRow } from '../../steps/predicates.js';
import { sql, step, type Steps } from '../../steps/statement.js';
import { toldError } from '../../steps/told-error.js';

/**
 * Counts the consecutive failures of webhooks, and pauses those that have too many.
 *
 * A `run` is a stretch of failures of one webhook; each success begins a new one, and run 0 goes on from the failures
 * before this batch. A failure on our side is neither a failure of the receiver nor a success; and what was claimed
 * before the webhook was resumed says nothing about its receiver now. A webhook is paused once, if any run is long
 * enough, because it is locked and was active.
 *
 * @param recorded name of a step with the columns of a batch
 * @param counted name of a step with the webhooks, locked
 */
export function countFailures(recorded: string, counted: string): Steps {
  return {
    runs: step(sql`
      SELECT webhook_id, run, count(*) FILTER (WHERE failed) AS failures, bool_or(gone) AS gone,
        (array_agg(${toldError('error_message')} ORDER BY ord DESC) FILTER (WHERE failed))[1] AS last_error
      FROM (
        SELECT webhook_id, ord, gone, error_message, state <> 'delivered' AS failed,
          count(*) FILTER (WHERE state = 'delivered') OVER (PARTITION BY webhook_id ORDER BY ord) AS run
        FROM ${recorded} r
        JOIN ${counted} c ON c.id = r.webhook_id AND r.webhook_version >= c.resumed_version
        WHERE NOT test AND NOT ours
      ) attempts
      GROUP BY webhook_id, run`),
    lengths: step(sql`
      SELECT r.webhook_id, r.run, r.gone, r.last_error, c.status, c.auto_pause_after,
        r.failures + CASE r.run WHEN 0 THEN c.consecutive_failures ELSE 0 END AS length
      FROM runs r JOIN ${counted} c ON c.id = r.webhook_id`),
    tallies: step(sql`
      SELECT webhook_id, (array_agg(length ORDER BY run DESC))[1] AS failing,
        max(length) AS longest,
        (array_agg(last_error ORDER BY run DESC) FILTER (WHERE last_error IS NOT NULL))[1] AS last_error,
        CASE
          WHEN status <> 'active' THEN NULL
          WHEN bool_or(gone) THEN 'gone'
          WHEN auto_pause_after > 0 AND max(length) >= auto_pause_after THEN 'consecutive_failures'
        END AS reason
      FROM lengths
      GROUP BY webhook_id, status, auto_pause_after`),
    webhooks_updated: step(sql`
      UPDATE webhooks w
      SET consecutive_failures = t.failing,
          status = CASE WHEN t.reason IS NULL THEN w.status ELSE 'paused' END,
          pause_reason = coalesce(t.reason, w.pause_reason),
          paused_at = CASE WHEN t.reason IS NULL THEN w.paused_at ELSE now() END,
          pause_last_error = CASE WHEN t.reason IS NULL THEN w.pause_last_error ELSE t.last_error END,
          updated_at = CASE WHEN t.reason IS NULL THEN w.updated_at ELSE now() END
      FROM tallies t
      WHERE ${isRow('w.id', 't.webhook_id')} AND (w.consecutive_failures <> t.failing OR t.reason IS NOT NULL)
      RETURNING w.id, w.tenant_id, t.reason, t.longest AS failures, t.last_error`),
  };
}
