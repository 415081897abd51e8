import type { IncomingEvent, IntakeBounds } from '@schoolbell/delivery';
import { timeOfUuidV7 } from '@schoolbell/ids';
import { fanOutInOrder, webhooksThatWant } from '../steps/fan-out.js';
import { columnList, materialized, sql, statement, step, type Steps } from '../steps/statement.js';
import { usageMonthOf } from '../steps/usage-month.js';
import { joinColumns, type Column } from './join-columns.js';

/** The event type that a tenant's plan limits. */
const LAUNCH = 'session.launched';

/** `$1` is the separator; the columns of the events follow, each joined into one text. */
const COLUMNS: readonly (Column<IncomingEvent> & { name: string; type: string })[] = [
  { name: 'id', type: 'uuid', of: (event) => event.id },
  { name: 'tenant_id', type: 'uuid', of: (event) => event.tenantId },
  { name: 'type', type: 'text', of: (event) => event.type },
  { name: 'occurred_ms', type: 'float8', of: (event) => String(event.occurredAt.getTime()) },
  { name: 'accepted_ms', type: 'float8', of: (event) => String(timeOfUuidV7(event.id)) },
  { name: 'session_id', type: 'text', of: (event) => event.subject.sessionId },
  { name: 'package_id', type: 'text', of: (event) => event.subject.packageId },
  { name: 'dispatch_id', type: 'text', of: (event) => event.subject.dispatchId },
  { name: 'learner_id', type: 'text', of: (event) => event.subject.learnerId },
  { name: 'payload', type: 'text', of: (event) => event.payload },
  { name: 'key', type: 'text', of: (event) => event.idempotency?.key },
  { name: 'body_hash', type: 'bytea', of: (event) => hexOf(event.idempotency?.bodyHash) },
];

const NAMES = columnList([...COLUMNS.map(({ name }) => name), 'ord']);
const ARRAYS = COLUMNS.map(({ type }, i) => `string_to_array($${i + 2}, $1, '')::${type}[]`).join(
  ',\n',
);

/** The parameters behind the columns: {@link IntakeBounds}, and whether the events are stored all or none. */
const OF_ONE_EVENT = `$${COLUMNS.length + 2}::integer`;
const OF_ALL = `$${COLUMNS.length + 3}::integer`;
const ALL_OR_NONE = `$${COLUMNS.length + 4}::boolean`;

/**
 * Events and everything that follows from them, in one statement that commits as a whole.
 *
 * - `matched`: events of known tenants, each with the webhooks that want it.
 * - `deferred`: those that make too many deliveries, alone or together with those before them; of a batch, all
 *   events. Nothing of them is stored.
 * - `claimed_keys`: an idempotency key is free for one event only; the second one waits here for the first one's
 *   commit. Keys are claimed in their order, so that two statements cannot wait for each other.
 * - `accepted`: those whose key was free or who have none. Only they are stored, fanned out and counted.
 */
const STEPS: Steps = {
  incoming: step(sql`
      SELECT * FROM unnest(
        ${ARRAYS}
      ) WITH ORDINALITY AS i (
        ${NAMES}
      )`),
  matched: materialized(sql`
      SELECT i.*, coalesce(w.ids, '{}') AS webhook_ids, w.active_ids, w.ordered_ids,
        w.batch_ids
      FROM incoming i
      JOIN tenants t ON t.id = i.tenant_id
      LEFT JOIN LATERAL (
        ${webhooksThatWant('i', `${OF_ONE_EVENT} + 1`)}
      ) w ON true`),
  deferred: step(sql`
      SELECT id
      FROM (
        SELECT id, wanted, wanted > ${OF_ONE_EVENT} AS is_wide, sum(
          CASE WHEN wanted > ${OF_ONE_EVENT} AND NOT ${ALL_OR_NONE} THEN 0 ELSE wanted END
        ) OVER (ORDER BY CASE WHEN ${ALL_OR_NONE} THEN 0 ELSE ord END) AS with_those_before
        FROM (SELECT id, ord, cardinality(webhook_ids) AS wanted FROM matched) w
      ) counted
      WHERE is_wide OR with_those_before > ${OF_ALL} AND with_those_before > wanted`),
  claimed_keys: step(sql`
      INSERT INTO idempotency_keys (tenant_id, key, event_id, body_hash, deliveries)
      SELECT tenant_id, key, id, body_hash, cardinality(webhook_ids)
      FROM matched WHERE key IS NOT NULL AND id NOT IN (SELECT id FROM deferred)
      ORDER BY tenant_id, key
      ON CONFLICT DO NOTHING
      RETURNING event_id`),
  accepted: step(sql`
      SELECT * FROM matched
      WHERE id NOT IN (SELECT id FROM deferred)
        AND (key IS NULL OR id IN (SELECT event_id FROM claimed_keys))`),
  events_stored: step(sql`
      INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at,
        session_id, package_id, dispatch_id, learner_id, payload)
      SELECT id, tenant_id, type, to_timestamp(occurred_ms / 1000), to_timestamp(accepted_ms / 1000),
        session_id, package_id, dispatch_id, learner_id, payload
      FROM accepted`),
  ...fanOutInOrder('accepted'),
};

const ANSWER = sql`
  SELECT id, cardinality(webhook_ids),
    CASE WHEN id IN (SELECT id FROM deferred) THEN 2
         WHEN key IS NULL OR id IN (SELECT event_id FROM claimed_keys) THEN 1 ELSE 0 END,
    active_ids,
    (SELECT array_agg(p.webhook_id) FROM places p WHERE p.event_id = id AND p.awaits_turn)
  FROM matched`;

/**
 * For a flush without launches, which need not pay for counting them: even a step that finds none costs some 40 µs.
 */
export const ACCEPT_EVENTS = statement(STEPS, ANSWER);

/** For a flush with launches: a tally of them for each tenant and month. */
export const ACCEPT_LAUNCHES = statement(
  {
    ...STEPS,
    launches_tallied: step(sql`
      INSERT INTO launch_tallies (tenant_id, month, launches)
      SELECT tenant_id, ${usageMonthOf('to_timestamp(accepted_ms / 1000)')}, count(*)
      FROM accepted WHERE type = '${LAUNCH}'
      GROUP BY 1, 2`),
  },
  ANSWER,
);

/** What the statement says of an event whose tenant is known, as an array for cheap parsing. */
export type IntakeRow = [
  eventId: string,
  deliveries: number,
  /** 0: the idempotency key was taken; 2: the event was deferred. Nothing of it was stored then. */
  stored: 0 | 1 | 2,
  /** Comma-separated; null when no active webhook wants the event. */
  activeWebhookIds: string | null,
  /** Webhooks for which the event awaits its turn, behind others of its session; null for none. */
  behindOthersAt: string[] | null,
];

export interface StatementBounds extends IntakeBounds {
  /** Defers all events when it would defer one. Default false. */
  allOrNone?: boolean;
}

/** The statement, for `pg`; prepared once per connection. */
export function intakeStatement(
  events: readonly IncomingEvent[],
  bounds: StatementBounds,
): {
  name: string;
  text: string;
  values: unknown[];
  rowMode: 'array';
} {
  const launches = events.some(({ type }) => type === LAUNCH);
  return {
    name: launches ? 'accept_launches' : 'accept_events',
    text: launches ? ACCEPT_LAUNCHES : ACCEPT_EVENTS,
    values: [
      ...joinColumns(events, COLUMNS),
      bounds.ofOneEvent,
      bounds.ofAll,
      bounds.allOrNone ?? false,
    ],
    rowMode: 'array',
  };
}

function hexOf(bytes: Buffer | undefined): string | undefined {
  return bytes && `\\x${bytes.toString('hex')}`;
}
