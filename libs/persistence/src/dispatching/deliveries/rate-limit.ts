import { isRow } from '../../steps/predicates.js';
import { sql } from '../../steps/statement.js';

/**
 * How far ahead a claim takes slots, in seconds: the dispatcher starts each request at its slot. Without it,
 * a thousand requests a second would need a thousand claims.
 */
const HORIZON = 0.2;

/**
 * The slots of a second take this much longer than a second, in seconds. So a request that starts late by less than
 * this does not put one too many into the following second.
 */
const GUARD = 0.03;

/**
 * No slot is taken further ahead than this many gaps, and at least a second. A slot that is further ahead was written
 * before the clock of Postgres was set back, or before the limit was raised: it is ignored.
 */
const FURTHEST = 2;

/** When to look again at a timetable that another dispatcher is reading, in seconds. */
const LOOK_AGAIN = 0.025;

/**
 * How many deliveries of a webhook `w` may start in a second: what its customer has set, or what its receiver accepts
 * in a minute if that is less; null without either.
 */
export const RATE_LIMIT = 'least(w.rate_limit, w.consented_rate / 60.0)';

/**
 * The rate limit that a claim applies to a webhook `w`: none if a filter is asked first, so that what the filter
 * turns away does not count for the rate.
 */
export const RATE_OF_CLAIM = `CASE WHEN w.filter IS NULL THEN ${RATE_LIMIT} END`;

/** What is claimed of a webhook `w` has no place in its timetable yet. */
export const AWAITS_SLOT = `(w.filter IS NOT NULL AND ${RATE_LIMIT} IS NOT NULL)`;

/**
 * The timetables of webhooks with a rate limit: one for each, a row of `webhook_rates`, for all dispatchers. A claim
 * locks the timetable until the slots that it takes are written. A timetable that another dispatcher has locked is
 * left alone, so that nobody waits.
 *
 * @param wanted name of a step with `id`, `rate_limit`, `status` and `free` of webhooks
 */
export const timetablesOf = (wanted: string): string => sql`
  SELECT r.webhook_id, r.next_slot_at
  FROM ${wanted} w
  CROSS JOIN LATERAL (
    SELECT * FROM webhook_rates r WHERE r.webhook_id = w.id FOR UPDATE SKIP LOCKED
  ) r
  WHERE w.rate_limit IS NOT NULL AND w.status = 'active' AND w.free > 0`;

/**
 * How many slots there are within the horizon. Time that passes unused is gone: there is no burst. A next slot that
 * is many of today's gaps away is ignored: it was taken when the limit was lower. Without the timetable, which
 * another dispatcher holds, there are none.
 */
export const pacesOf = (wanted: string, timetables: string): string => sql`
  SELECT webhook_id, free, first_slot, gap,
    greatest(0, least(free, coalesce(floor(extract(epoch FROM clock_timestamp() - first_slot
      + interval '${HORIZON} s') / extract(epoch FROM gap)) + 1, 0)))::integer AS slots
  FROM (
    SELECT w.id AS webhook_id, w.free, g.gap,
      CASE WHEN t.next_slot_at < clock_timestamp() + ${FURTHEST} * greatest(g.gap, interval '1 s')
        THEN greatest(t.next_slot_at, clock_timestamp())
        WHEN t.webhook_id IS NOT NULL THEN clock_timestamp() END AS first_slot
    FROM ${wanted} w
    LEFT JOIN ${timetables} t ON t.webhook_id = w.id
    CROSS JOIN LATERAL (SELECT interval '${1 + GUARD} s' / w.rate_limit AS gap) g
    WHERE w.rate_limit IS NOT NULL AND w.status = 'active'
  ) pace`;

/**
 * The slot of each delivery of a webhook with a rate limit.
 *
 * @param others name of the step that picks deliveries other than tests
 */
export const takenSlotsOf = (others: string, paces: string): string => sql`
  SELECT o.delivery_id, o.webhook_id, p.first_slot + p.gap * (row_number() OVER (
    PARTITION BY o.webhook_id ORDER BY o.due_at, o.delivery_id) - 1) AS slot
  FROM ${others} o JOIN ${paces} p ON p.webhook_id = o.webhook_id`;

export const moveTimetables = (takenSlots: string, paces: string): string => sql`
  UPDATE webhook_rates r
  SET next_slot_at = t.last_slot + p.gap
  FROM (SELECT webhook_id, max(slot) AS last_slot FROM ${takenSlots} GROUP BY webhook_id) t
  JOIN ${paces} p ON p.webhook_id = t.webhook_id
  WHERE ${isRow('r.webhook_id', 't.webhook_id')}`;

/**
 * Webhooks that got fewer deliveries than free slots because of their rate, and in how many seconds half of a horizon
 * is open again.
 */
export const pacedWebhooksOf = (paces: string, takenSlots: string): string => sql`
  SELECT p.webhook_id, coalesce(
    extract(epoch FROM p.first_slot + p.gap * p.slots - clock_timestamp()) - ${HORIZON / 2},
    ${LOOK_AGAIN})::float8 AS seconds
  FROM ${paces} p
  WHERE p.slots < p.free AND p.slots <= (
    SELECT count(*) FROM ${takenSlots} t WHERE t.webhook_id = p.webhook_id)`;
