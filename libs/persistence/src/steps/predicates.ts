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
 * No delivery of the same session and webhook is before it. One that begins a cycle by hand may get a place
 * before others: it also waits for the attempt at one of them that is under way. It cannot see an attempt
 * that another dispatcher is claiming in that very moment, and may then overlap with it.
 */
export function hasItsTurn(row: string): string {
  return sql`(${row}.ordering_key IS NULL OR (NOT EXISTS (
    SELECT FROM due_deliveries earlier
    WHERE earlier.webhook_id = ${row}.webhook_id AND earlier.ordering_key = ${row}.ordering_key
      AND (earlier.ordering_number, earlier.event_id, earlier.delivery_id)
        < (${row}.ordering_number, ${row}.event_id, ${row}.delivery_id))
  AND (${row}.trigger <> 'manual' OR NOT EXISTS (
    SELECT FROM due_deliveries other
    WHERE other.webhook_id = ${row}.webhook_id AND other.ordering_key = ${row}.ordering_key
      AND ${isUnderWay('other')}))))`;
}
