import { sql } from './statement.js';

// What is asked of a row of `due_deliveries` or `fallbacks`, each question in one place. `row` is its alias.

/** For this many seconds after a start of Postgres, no lease from before the start is taken over. */
const RECORD_FIRST = 5;

/**
 * The row may be claimed: no dispatcher leased it, or the lease has ended. If Postgres was down meanwhile, the
 * dispatcher may be alive and about to record what it has sent: it gets the time for it, also from other
 * dispatchers. A start in the future was on a clock that has been put back since, and holds up nobody.
 */
export function isUnleased(row: string): string {
  return sql`(${row}.leased_until IS NULL OR (${row}.leased_until < now()
  AND (${row}.leased_at > pg_postmaster_start_time()
    OR pg_postmaster_start_time() NOT BETWEEN now() - interval '${RECORD_FIRST} seconds' AND now())))`;
}

/** An attempt may be under way: some dispatcher holds a lease that has not ended. */
export function isUnderWay(row: string): string {
  return sql`coalesce(${row}.leased_until >= now(), false)`;
}

/**
 * The row is due. Columns keep milliseconds, rounded: a row that was made due "now" may lie half of one ahead,
 * and its wake must find it.
 */
export function isDue(row: string): string {
  return sql`${row}.due_at <= now() + interval '500 microseconds'`;
}

/**
 * The delivery is the first of its session, for its webhook. One that begins a cycle by hand may get a place
 * before others: it also waits for the attempt at one of them that is under way. It cannot see an attempt that
 * another dispatcher is claiming in that very moment, and may then overlap with it.
 */
export function hasItsTurn(row: string): string {
  return sql`
    (${row}.ordering_key IS NULL OR (
      ${row}.delivery_id = (${firstOfSession(`${row}.webhook_id`, `${row}.ordering_key`)})
      AND (${row}.trigger <> 'manual' OR NOT EXISTS (
        SELECT FROM due_deliveries other
        WHERE other.webhook_id = ${row}.webhook_id AND other.ordering_key = ${row}.ordering_key
          AND ${isUnderWay('other')}))))`;
}

/** The `delivery_id` of the delivery whose turn it is in a session. */
export function firstOfSession(webhookId: string, orderingKey: string): string {
  return sql`
    SELECT first.delivery_id FROM due_deliveries first
    WHERE first.webhook_id = ${webhookId} AND first.ordering_key = ${orderingKey}
    ORDER BY first.ordering_number, first.event_id, first.delivery_id LIMIT 1`;
}

/**
 * `column = value`, for the key of a queue's table, which is looked up row by row in its index and in no other way.
 * Of a plain `=` the planner could also make a scan of the whole table that looks into the other side for each of
 * its rows: it prefers that as soon as the table's statistics are those of a moment when it was empty. A
 * condition with `ANY` is no such join.
 */
export function isRow(column: string, value: string): string {
  return `${column} = ANY (ARRAY[${value}])`;
}

/**
 * A webhook `w`, looked up by its id, whatever the statistics of the table say: the planner may not turn a lookup
 * with a limit into another join.
 */
export function webhookOf(id: string): string {
  return `LATERAL (SELECT * FROM webhooks w WHERE w.id = ${id} LIMIT 1) w`;
}
