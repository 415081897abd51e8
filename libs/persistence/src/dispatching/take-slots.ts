import type { ClaimedDelivery, TakenSlots } from '@schoolbell/delivery';
import { alsoHolds, isRow, webhookOf } from '../steps/predicates.js';
import { materialized, sql, statement, step } from '../steps/statement.js';
import { pacedWebhook, wholeMs } from './deliveries/claim.js';
import {
  moveTimetables,
  pacedWebhooksOf,
  pacesOf,
  RATE_LIMIT,
  takenSlotsOf,
  timetablesOf,
} from './deliveries/rate-limit.js';

/** For deliveries. `$1` delivery ids, `$2` lease ids */
export const TAKE_SLOTS = takeSlots('due_deliveries');

/** The same for batches, by their own ids. */
export const TAKE_BATCH_SLOTS = takeSlots('batches', 'id');

/**
 * Gives the oldest of each webhook's claimed deliveries the next places in its timetable, and gives the others back.
 * All are given back if the webhook was paused in the meantime, or if another dispatcher is reading the timetable:
 * nobody waits for it.
 */
function takeSlots(table: string, key = 'delivery_id'): string {
  return statement(
    {
      asking: materialized(sql`
        SELECT d.${key} AS delivery_id, d.lease_id, d.webhook_id, d.due_at
        FROM unnest($1::uuid[], $2::uuid[]) AS a (${key}, lease_id)
        JOIN ${table} d ON ${isRow(`d.${key}`, `a.${key}`)} AND d.lease_id = a.lease_id`),
      wanted: materialized(sql`
        SELECT w.id, w.status, ${RATE_LIMIT} AS rate_limit, a.free
        FROM (SELECT webhook_id, count(*)::integer AS free FROM asking GROUP BY webhook_id) a
        CROSS JOIN ${webhookOf('a.webhook_id')}
        WHERE w.deleted_at IS NULL AND w.status = 'active'`),
      timetables: materialized(timetablesOf('wanted')),
      paces: materialized(pacesOf('wanted', 'timetables')),
      going: materialized(sql`
        SELECT a.*
        FROM wanted w
        LEFT JOIN paces p ON p.webhook_id = w.id
        CROSS JOIN LATERAL (
          SELECT * FROM asking a WHERE a.webhook_id = w.id
          ORDER BY a.due_at, a.delivery_id LIMIT coalesce(p.slots, w.free)
        ) a`),
      taken_slots: materialized(takenSlotsOf('going', 'paces')),
      timetables_moved: step(moveTimetables('taken_slots', 'paces')),
      given_back: step(sql`
        UPDATE ${table} d SET lease_id = NULL, leased_at = NULL, leased_until = NULL
        FROM asking a
        WHERE ${isRow(`d.${key}`, 'a.delivery_id')} AND ${alsoHolds('d.lease_id = a.lease_id')}
          AND a.delivery_id NOT IN (SELECT delivery_id FROM going)
        RETURNING a.webhook_id, a.due_at`),
    },
    sql`
    SELECT g.delivery_id, g.webhook_id, extract(epoch FROM s.slot - clock_timestamp())::float8 AS start_in,
      NULL::float8 AS due_at
    FROM going g
    LEFT JOIN taken_slots s ON s.delivery_id = g.delivery_id
    UNION ALL
    SELECT NULL, b.webhook_id, p.seconds, b.due_at
    FROM (
      SELECT webhook_id, (extract(epoch FROM min(due_at)) * 1000)::float8 AS due_at
      FROM given_back GROUP BY webhook_id
    ) b
    LEFT JOIN (
      ${pacedWebhooksOf('paces', 'taken_slots')}
    ) p ON p.webhook_id = b.webhook_id`,
  );
}

/** A delivery that goes, or a webhook with deliveries that were given back. */
export type TakenSlotRow = GoingRow | GivenBackRow;

interface GoingRow {
  delivery_id: string;
  webhook_id: string;
  /** In seconds from now, may have passed; null where the rate limit was taken away meanwhile. */
  start_in: number | null;
}

interface GivenBackRow {
  delivery_id: null;
  webhook_id: string;
  /** In seconds from now: when to claim again. Null where the webhook was paused meanwhile. */
  start_in: number | null;
  /** Of the oldest, in Unix milliseconds. */
  due_at: number;
}

export function isGivenBack(row: TakenSlotRow): row is GivenBackRow {
  return row.delivery_id === null;
}

export function takeSlotsParameters(claims: readonly ClaimedDelivery[]): unknown[] {
  return [claims.map(({ id }) => id), claims.map(({ leaseId }) => leaseId)];
}

export function takenSlots(rows: readonly TakenSlotRow[]): TakenSlots {
  const taken: TakenSlots = { going: [], paced: [] };
  for (const { delivery_id: id, webhook_id, start_in } of rows) {
    if (id !== null) taken.going.push({ id, startInMs: wholeMs(start_in ?? 0) });
    else if (start_in !== null) taken.paced.push(pacedWebhook({ webhook_id, start_in }));
  }
  return taken;
}
