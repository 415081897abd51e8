/** So long after a start of Postgres no lease from before it is taken over, in seconds. */
const RECORD_FIRST = 5;

/**
 * A row is free when nobody leased it, or the lease ran out. If Postgres was down meanwhile, its dispatcher may
 * be alive and about to record what it has sent: it gets the time for it, also from other dispatchers.
 * A start in the future was on a clock that has been put back since, and must not hold up anybody until then.
 */
export const UNLEASED = `(d.leased_until IS NULL OR (d.leased_until < now()
  AND (d.leased_at > pg_postmaster_start_time()
    OR pg_postmaster_start_time() NOT BETWEEN now() - interval '${RECORD_FIRST} seconds' AND now())))`;

/**
 * Columns keep milliseconds, rounded: a row that was made due "now" may lie half of one ahead, and its wake
 * must not come to nothing.
 */
export const IS_DUE = `d.due_at <= now() + interval '500 microseconds'`;

/**
 * No delivery of the same session and webhook is before it. One that begins a cycle by hand may get a place
 * before others: it also waits for the attempt at one of them that is under way. It cannot see an attempt
 * that another dispatcher is claiming in that very moment, and may then overlap with it.
 */
export const HAS_ITS_TURN = `(d.ordering_key IS NULL OR (NOT EXISTS (
    SELECT FROM due_deliveries before
    WHERE before.webhook_id = d.webhook_id AND before.ordering_key = d.ordering_key
      AND (before.ordering_number, before.event_id, before.delivery_id)
        < (d.ordering_number, d.event_id, d.delivery_id))
  AND (d.trigger <> 'manual' OR NOT EXISTS (
    SELECT FROM due_deliveries other
    WHERE other.webhook_id = d.webhook_id AND other.ordering_key = d.ordering_key
      AND other.leased_until >= now()))))`;

/** What the history says of an attempt that was cut off; see `ATTEMPT_ERROR_CODES`. */
export const INTERRUPTED_MESSAGE =
  'The attempt was cut off on our side and may or may not have arrived; it is made again.';
