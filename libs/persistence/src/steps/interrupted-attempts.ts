import { sql } from './statement.js';

/** What the history says of an attempt that was cut off; see `ATTEMPT_ERROR_CODES`. */
const INTERRUPTED_MESSAGE =
  'The attempt was cut off on our side and may or may not have arrived; it is made again.';

/**
 * Writes attempts that were cut off into the history.
 *
 * @param from the rest of a query after `SELECT` and these columns: the name of a step, and conditions
 * @param columns SQL for what differs by the kind of delivery; `delivery_id`, `tenant_id`, `webhook_id`,
 *   `leased_at`, `url` and `format` are columns of the step
 */
export function insertInterruptedAttempts(
  from: string,
  columns: { id: string; number: string; trigger: string },
): string {
  return sql`
  INSERT INTO attempts (id, tenant_id, delivery_id, webhook_id, number, trigger, outcome, at, url, format,
    request_headers, error_code, error_message, total_ms)
  SELECT ${columns.id}, tenant_id, delivery_id, webhook_id, ${columns.number}, ${columns.trigger}, 'interrupted',
    leased_at, url, format, '{}', 'interrupted', '${INTERRUPTED_MESSAGE}', 0
  FROM ${from}`;
}
