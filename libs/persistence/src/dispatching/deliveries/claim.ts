import {
  type AttemptTrigger,
  type Claim,
  type ClaimedDelivery,
  type ClaimRequest,
  unsendableReason,
  type UnsendableReason,
} from '@schoolbell/delivery';
import { insertInterruptedAttempts } from '../../steps/interrupted-attempts.js';
import { hasItsTurn, isDue, isRow, isUnleased, webhookOf } from '../../steps/predicates.js';
import {
  columnList,
  materialized,
  sql,
  statement,
  step,
  type Steps,
} from '../../steps/statement.js';
import {
  AWAITS_SLOT,
  moveTimetables,
  pacedWebhooksOf,
  pacesOf,
  RATE_OF_CLAIM,
  takenSlotsOf,
  timetablesOf,
} from './rate-limit.js';

/**
 * How many tests a claim takes in addition to the free slots, so that a customer who tests does not wait for a
 * backlog.
 */
const TESTS_PER_CLAIM = 4;

const COLUMNS = columnList(
  [
    'delivery_id',
    'tenant_id',
    'webhook_id',
    'event_id',
    'trigger',
    'test',
    'attempt_count',
    'cycle_failures',
    'interruptions',
    'lease_id',
    'leased_at',
  ].map((name) => `d.${name}`),
);

/**
 * How long a due delivery may take to become visible, in seconds: its due time is set before the statement commits.
 * Claims look this far back; what takes longer is found by the sweep.
 */
export const LATEST_COMMIT = 5;

/** An earlier lease that ran out: its dispatcher died, and the attempt that was cut off goes into the history. */
const CUT_OFF: Steps = {
  cut_off: step(sql`SELECT * FROM picked WHERE lease_id IS NOT NULL`),
  attempts_cut_off: step(
    insertInterruptedAttempts('cut_off', {
      id: 'new_uuid_v7()',
      number: 'attempt_count + 1',
      trigger: 'trigger',
    }),
  ),
  deliveries_updated: step(sql`
    UPDATE deliveries x
    SET attempt_count = c.attempt_count + 1, last_attempt_at = c.leased_at, last_response_status = NULL,
        last_error_code = 'interrupted', last_duration_ms = NULL, updated_at = now()
    FROM cut_off c
    WHERE x.id = c.delivery_id`),
};

/**
 * Leases due deliveries of many webhooks in one statement, but only those that nobody has leased: what an earlier
 * lease left behind is for {@link CLAIM_AND_TAKE_OVER}, which costs half as much again.
 *
 * `$1` webhook ids, `$2` free slots of each, `$3` limit, `$4` lease in seconds, `$5` lease id, `$6` where to begin
 * for each, in Unix milliseconds, null for the beginning
 */
export const CLAIM = claimOf((row) => `${row}.lease_id IS NULL`);

/** As {@link CLAIM}, with those whose lease has run out. */
export const CLAIM_AND_TAKE_OVER = claimOf(isUnleased, CUT_OFF);

/** @param isFree whether a row of `due_deliveries` can be leased */
function claimOf(isFree: (row: string) => string, cutOff: Steps = {}): string {
  return statement(
    {
      wanted: materialized(sql`
        SELECT w.id, w.version, w.url, w.format, w.status, s.free,
          ${RATE_OF_CLAIM} AS rate_limit,
          ${AWAITS_SLOT} AS awaits_slot,
          coalesce(to_timestamp(s.mark / 1000), '-infinity') AS mark
        FROM unnest($1::uuid[], $2::integer[], $6::float8[]) AS s (webhook_id, free, mark)
        CROSS JOIN ${webhookOf('s.webhook_id')}
        WHERE w.deleted_at IS NULL`),
      timetables: materialized(timetablesOf('wanted')),
      paces: materialized(pacesOf('wanted', 'timetables')),
      tests: materialized(sql`
        SELECT ${COLUMNS}
        FROM due_deliveries d
        WHERE d.test AND d.webhook_id = ANY ($1::uuid[]) AND ${isDue('d')}
          AND ${isFree('d')}
        ORDER BY d.due_at LIMIT ${TESTS_PER_CLAIM}
        FOR UPDATE SKIP LOCKED`),
      others: materialized(sql`
        SELECT d.*, w.version, w.url, w.format, w.awaits_slot
        FROM wanted w
        LEFT JOIN paces p ON p.webhook_id = w.id
        CROSS JOIN LATERAL (
          SELECT ${COLUMNS}, d.due_at
          FROM due_deliveries d
          WHERE w.status = 'active' AND d.webhook_id = w.id AND NOT d.test AND NOT d.awaits_turn
            AND d.due_at >= w.mark AND ${isDue('d')}
            AND ${isFree('d')}
            AND ${hasItsTurn('d')}
          ORDER BY d.due_at, d.delivery_id LIMIT coalesce(p.slots, w.free)
          FOR UPDATE SKIP LOCKED
        ) d
        LIMIT $3`),
      picked: materialized(sql`
        SELECT t.*, NULL::timestamptz AS due_at, w.version, w.url, w.format, false AS awaits_slot
        FROM tests t JOIN wanted w ON w.id = t.webhook_id
        UNION ALL
        SELECT * FROM others`),
      taken_slots: materialized(takenSlotsOf('others', 'paces')),
      timetables_moved: step(moveTimetables('taken_slots', 'paces')),
      leased: step(sql`
        UPDATE due_deliveries d
        SET lease_id = $5, leased_at = now(), leased_until = now() + $4 * interval '1 second',
            attempt_count = d.attempt_count + (d.lease_id IS NOT NULL)::integer,
            interruptions = d.interruptions + (d.lease_id IS NOT NULL)::integer
        FROM picked p
        WHERE ${isRow('d.delivery_id', 'p.delivery_id')}
        RETURNING d.delivery_id, d.event_id, d.webhook_id, d.attempt_count, d.cycle_failures,
          d.interruptions, d.trigger, d.test, d.ordering_key, p.version, p.awaits_slot,
          p.lease_id IS NOT NULL AS taken_over,
          least(p.due_at, now() - interval '${LATEST_COMMIT} seconds') AS looked_to`),
      ...cutOff,
    },
    sql`
    SELECT l.delivery_id, l.webhook_id, l.version, l.attempt_count, l.cycle_failures, l.interruptions,
      l.trigger, l.test, l.ordering_key IS NOT NULL AS ordered, l.taken_over, l.event_id, e.tenant_id, e.type,
      e.occurred_at, e.accepted_at, e.payload, l.awaits_slot,
      CASE WHEN NOT l.test THEN (extract(epoch FROM l.looked_to) * 1000)::float8 END AS looked_to,
      extract(epoch FROM s.slot - clock_timestamp())::float8 AS start_in
    FROM leased l
    LEFT JOIN events e ON e.id = l.event_id
    LEFT JOIN taken_slots s ON s.delivery_id = l.delivery_id
    UNION ALL
    SELECT NULL, p.webhook_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
      NULL, NULL, NULL, p.seconds
    FROM (
      ${pacedWebhooksOf('paces', 'taken_slots')}
    ) p`,
  );
}

/** A row of {@link CLAIM}: a delivery, or when to come back for a webhook that has reached its rate limit. */
export type ClaimRow = ClaimedRow | PacedRow;

interface PacedRow {
  delivery_id: null;
  webhook_id: string;
  /** In seconds from now: when there is more to claim. */
  start_in: number;
}

export interface ClaimedRow {
  delivery_id: string;
  webhook_id: string;
  version: number;
  attempt_count: number;
  cycle_failures: number;
  /** Attempts in a row that were cut off, up to now. */
  interruptions: number;
  trigger: AttemptTrigger;
  test: boolean;
  ordered: boolean;
  taken_over: boolean;
  event_id: string;
  tenant_id: string;
  type: string;
  occurred_at: Date;
  accepted_at: Date;
  /** Null when the event is gone: it was pruned while the delivery waited. */
  payload: string | null;
  awaits_slot: boolean;
  /** Nothing that was due earlier is left for this dispatcher, in Unix milliseconds; null for a test. */
  looked_to: number | null;
  /** In seconds from now, may have passed; null without a rate limit. */
  start_in: number | null;
}

export function isPaced(row: ClaimRow): row is PacedRow {
  return row.delivery_id === null;
}

export function isClaimed(row: ClaimRow): row is ClaimedRow {
  return row.delivery_id !== null;
}

export function claimParameters(request: ClaimRequest, leaseId: string): unknown[] {
  return [
    request.slots.map(({ webhookId }) => webhookId),
    request.slots.map(({ free }) => Math.max(free, 0)),
    Math.max(request.limit, 0),
    request.leaseSeconds,
    leaseId,
  ];
}

/** Why a claimed delivery can never be sent, if so. */
export function reasonOf({ payload, interruptions }: ClaimedRow): UnsendableReason | undefined {
  return unsendableReason({ eventPruned: payload === null, interruptions });
}

export function claimedDelivery(row: ClaimedRow, leaseId: string): ClaimedDelivery {
  return {
    id: row.delivery_id,
    leaseId,
    webhookId: row.webhook_id,
    webhookVersion: row.version,
    event: {
      id: row.event_id,
      tenantId: row.tenant_id,
      type: row.type,
      occurredAt: row.occurred_at,
      acceptedAt: row.accepted_at,
      payload: row.payload!,
    },
    attemptNumber: row.attempt_count + 1,
    cycleFailures: row.cycle_failures,
    trigger: row.trigger,
    test: row.test,
    ordered: row.ordered,
    takenOver: row.taken_over,
    startInMs: wholeMs(row.start_in ?? 0),
    awaitsSlot: row.awaits_slot,
  };
}

export function pacedWebhook(
  row: Pick<PacedRow, 'webhook_id' | 'start_in'>,
): Claim['paced'][number] {
  return { webhookId: row.webhook_id, againInMs: Math.max(1, wholeMs(row.start_in)) };
}

/** Rounded up: a slot is never used early. */
export function wholeMs(seconds: number): number {
  return Math.max(0, Math.ceil(seconds * 1000));
}

/**
 * Webhooks whose slots were all filled, or all webhooks if the limit, or that of tests, cut the claim short; but not
 * those that have reached their rate limit, for which it is known when to come back.
 */
export function webhooksWithMore(
  request: ClaimRequest,
  rows: readonly ClaimedRow[],
  paced: Claim['paced'],
): Claim['withMore'] {
  const later = new Set(paced.map(({ webhookId }) => webhookId));
  const taken = new Map<string, number>();
  const others = rows.filter(({ test }) => !test);
  for (const { webhook_id } of others) taken.set(webhook_id, (taken.get(webhook_id) ?? 0) + 1);
  const cutShort = others.length >= request.limit || rows.length - others.length >= TESTS_PER_CLAIM;
  return request.slots
    .filter(({ webhookId }) => !later.has(webhookId))
    .filter(({ webhookId, free }) => cutShort || (taken.get(webhookId) ?? 0) >= free)
    .map(({ webhookId }) => webhookId);
}
