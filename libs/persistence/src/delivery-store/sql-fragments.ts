/** A row is free when nobody leased it, or the lease ran out. */
export const UNLEASED = `(d.leased_until IS NULL OR d.leased_until < now())`;

/**
 * Columns keep milliseconds, rounded: a row that was made due "now" may lie half of one ahead, and its wake
 * must not come to nothing.
 */
export const IS_DUE = `d.due_at <= now() + interval '500 microseconds'`;

/**
 * No delivery of the same session and webhook is before it. One that is retried by hand after its end has no
 * key any more: it goes out of order, and holds nobody.
 */
export const HAS_ITS_TURN = `(d.ordering_key IS NULL OR NOT EXISTS (
  SELECT FROM due_deliveries before
  WHERE before.webhook_id = d.webhook_id AND before.ordering_key = d.ordering_key
    AND before.ordering_number < d.ordering_number))`;

/** What the history says of an attempt that was cut off; see `ATTEMPT_ERROR_CODES`. */
export const INTERRUPTED_MESSAGE =
  'The attempt was cut off on our side and may or may not have arrived; it is made again.';
