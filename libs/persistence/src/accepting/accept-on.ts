import type { Acceptance, Deferred, IncomingEvent, IntakeReport } from '@schoolbell/delivery';
import type { Pool, PoolClient } from 'pg';
import type { OrderedSession } from '../steps/promote.js';
import { intakeStatement, type IntakeRow, type StatementBounds } from './intake-statement.js';
import { keyOf, keyOwnersStatement, type KeyOwner, type KeyOwnerRow } from './key-owners.js';

export type IntakeOutcome = Acceptance | Deferred;

type Connection = Pool | PoolClient;

/** What was accepted, and the sessions in which some of it awaits its turn. */
export type Accepted<Outcome = IntakeOutcome> = IntakeReport<Outcome> & {
  sessions: OrderedSession[];
};

/** What the statement said, by event id, and which events hold the keys, by {@link keyOf}. */
interface Answers {
  byId: ReadonlyMap<string, IntakeRow>;
  /** The event that went to the database, for those that share its key. */
  firstByKey: ReadonlyMap<string, IncomingEvent>;
  owners: ReadonlyMap<string, KeyOwner>;
}

/** Accepts events on a connection, in a transaction of its own unless one was begun there. */
export async function acceptOn(
  connection: Connection,
  events: readonly IncomingEvent[],
  bounds: StatementBounds,
): Promise<Accepted> {
  const { first, firstByKey } = firstPerKey(events);
  const { rows } = await connection.query<IntakeRow>(intakeStatement(first, bounds));
  const byId = new Map(rows.map((row) => [row[0], row]));
  const owners = await ownersOfKeys(connection, first, byId);
  const answers = { byId, firstByKey, owners };
  return {
    acceptances: events.map((event) => outcomeOf(event, answers)),
    webhookIds: webhooksToWake(rows),
    sessions: first.flatMap((event) => sessionsOf(event, byId.get(event.id))),
  };
}

/** Of the events that share a key, only the first goes to the database; the others are its repeats. */
function firstPerKey(events: readonly IncomingEvent[]): {
  first: readonly IncomingEvent[];
  firstByKey: ReadonlyMap<string, IncomingEvent>;
} {
  const firstByKey = new Map<string, IncomingEvent>();
  const first = events.filter((event) => {
    const key = keyOf(event);
    if (key === undefined) return true;
    if (firstByKey.has(key)) return false;
    firstByKey.set(key, event);
    return true;
  });
  return { first, firstByKey };
}

/** Who holds each of these events' keys: the event itself, or an earlier one that is looked up. */
async function ownersOfKeys(
  connection: Connection,
  events: readonly IncomingEvent[],
  byId: ReadonlyMap<string, IntakeRow>,
): Promise<Map<string, KeyOwner>> {
  const owners = new Map<string, KeyOwner>();
  const taken: IncomingEvent[] = [];
  for (const event of events) {
    const row = byId.get(event.id);
    if (!event.idempotency || !row) continue;
    const [eventId, deliveries, stored] = row;
    if (stored === 1) owners.set(keyOf(event)!, { ...event.idempotency, eventId, deliveries });
    else if (stored === 0) taken.push(event);
  }
  if (taken.length > 0) {
    // A separate statement: the previous one could not see what was committed while it waited.
    const { rows } = await connection.query<KeyOwnerRow>(keyOwnersStatement(taken));
    for (const [index, eventId, bodyHash, deliveries] of rows) {
      owners.set(keyOf(taken[index - 1]!)!, { eventId, bodyHash, deliveries });
    }
    if (rows.length < taken.length) {
      throw new Error(
        'An idempotency key was pruned while it was looked up: accept the event again.',
      );
    }
  }
  return owners;
}

function outcomeOf(event: IncomingEvent, { byId, firstByKey, owners }: Answers): IntakeOutcome {
  const key = keyOf(event);
  const row = byId.get(key === undefined ? event.id : firstByKey.get(key)!.id);
  if (!row) return { kind: 'unknown_tenant' };
  if (row[2] === 2) return { kind: 'deferred', deliveries: row[1] };
  if (!event.idempotency) {
    return { kind: 'accepted', eventId: event.id, duplicate: false, deliveries: row[1] };
  }
  const owner = owners.get(key!)!;
  if (!owner.bodyHash.equals(event.idempotency.bodyHash)) return { kind: 'idempotency_conflict' };
  const { eventId, deliveries } = owner;
  return { kind: 'accepted', eventId, duplicate: eventId !== event.id, deliveries };
}

function sessionsOf({ subject: { sessionId } }: IncomingEvent, row?: IntakeRow): OrderedSession[] {
  const webhookIds = (sessionId !== undefined && row?.[4]) || [];
  return webhookIds.map((webhookId) => [webhookId, sessionId!]);
}

function webhooksToWake(rows: readonly IntakeRow[]): string[] {
  const ids = new Set<string>();
  for (const [, , stored, active] of rows) {
    if (stored === 1 && active) for (const id of active.split(',')) ids.add(id);
  }
  return [...ids];
}
