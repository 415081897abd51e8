import { sql } from './statement.js';

// What is asked of a row of `due_deliveries` or `fallbacks`, each question in one place. `row` is its alias.

/** In the first seconds of an epoch no lease from before it is taken over; see `ServiceEpoch`. */
const RECORD_FIRST = 5;

/**
 * The moment from which on a lease must have begun for its delivery to be taken over once it has ended. After a
 * start, a crash or an outage of Postgres, the dispatcher that holds an older lease may be alive and about to
 * record what it has sent: it gets the time for it. Null until some dispatcher has noticed that Postgres was
 * started: then no lease is taken over. An epoch in the future began on a clock that has been put back since, and
 * holds up nobody.
 */
const TAKEN_OVER_FROM = sql`
  SELECT CASE WHEN e.began_at BETWEEN now() - interval '${RECORD_FIRST} seconds' AND now()
    THEN e.began_at ELSE '-infinity' END
  FROM service_epoch e WHERE e.id AND e.postgres_started_at = pg_postmaster_start_time()`;

/** The row may be claimed: no dispatcher leased it, or the lease has ended and the delivery may be taken over. */
export function isUnleased(row: string): string {
  return sql`(${row}.leased_until IS NULL OR (${row}.leased_until < now()
  AND ${row}.leased_at > (${TAKEN_OVER_FROM})))`;
}

/** An attempt may be under way: some dispatcher holds a lease that has not ended. */
export function isUnderWay(row: string): string {
  return sql`coalesce(${row}.leased_until >= now(), false)`;
}

/**
 * The stored moment has come. Columns keep milliseconds, rounded: what was put at "now" may lie half of one ahead, and
 * must be found at once.
 */
export function hasCome(column: string): string {
  return sql`${column} <= now() + interval '500 microseconds'`;
}

/** The row is due. */
export function isDue(row: string): string {
  return hasCome(`${row}.due_at`);
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

/** The webhook sends its deliveries in batches. */
export function sendsBatches(webhook: string): string {
  return `coalesce(${webhook}.delivery->>'mode' = 'batch', false)`;
}

/** The delivery is being collected for a batch, and is in none yet. */
export function isCollecting(row: string): string {
  return `${row}.awaits_turn AND ${row}.ordering_key IS NULL AND ${row}.batch_id IS NULL`;
}

/**
 * Further conditions on rows that are looked up by their key. In this form they imply no partial index, which the
 * planner could read whole for each row instead.
 */
export function alsoHolds(condition: string): string {
  return `(${condition}) IS TRUE`;
}

/** An attempt at the delivery's batch may be under way, if it is in one. */
export function isBatchUnderWay(row: string): string {
  return sql`
    EXISTS (
      SELECT FROM batches of_it WHERE of_it.id = ${row}.batch_id AND ${isUnderWay('of_it')})`;
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
