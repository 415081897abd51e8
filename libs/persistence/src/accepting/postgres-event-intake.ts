import type { Acceptance, EventIntake, IncomingEvent, IntakeReport } from '@schoolbell/delivery';
import type { Pool, PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { promoteFirsts, type OrderedSession } from '../steps/promote.js';
import { intakeStatement, type IntakeRow } from './intake-statement.js';
import { keyOf, keyOwnersStatement, type KeyOwner, type KeyOwnerRow } from './key-owners.js';

type Connection = Pool | PoolClient;

/** Takes events in with one prepared statement, whose commit is the promise behind every 202. */
export class PostgresEventIntake implements EventIntake {
  constructor(private readonly db: Pick<Database, 'intakePool'>) {}

  async accept(events: readonly IncomingEvent[]): Promise<IntakeReport> {
    const { sessions, ...report } = await acceptOn(this.db.intakePool, events);
    await this.promote(sessions);
    return report;
  }

  async acceptAllOrNone(events: readonly IncomingEvent[]): Promise<IntakeReport> {
    if (standOrFallTogether(events)) return this.accept(events);
    const client = await this.db.intakePool.connect();
    let failure: Error | undefined;
    try {
      await client.query('BEGIN');
      const { sessions, ...report } = await acceptOn(client, events);
      const all = report.acceptances.every(({ kind }) => kind === 'accepted');
      await client.query(all ? 'COMMIT' : 'ROLLBACK');
      if (!all) return { ...report, webhookIds: [] };
      await this.promote(sessions);
      return report;
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection whose transaction failed is closed, and its transaction with it.
      client.release(failure);
    }
  }

  /**
   * What was before one of these may have ended while it was accepted. The promise is kept whatever comes of it:
   * otherwise the sweep does it.
   */
  private async promote(sessions: readonly OrderedSession[]): Promise<void> {
    await promoteFirsts(this.db.intakePool, sessions).catch(() => undefined);
  }
}

/** What was accepted, and the sessions in which something of it awaits its turn. */
type Accepted = IntakeReport & { sessions: OrderedSession[] };

/** Without keys, an event is refused for its tenant only: one statement is all or none by itself. */
function standOrFallTogether(events: readonly IncomingEvent[]): boolean {
  const tenantId = events[0]?.tenantId;
  return events.every((event) => !event.idempotency && event.tenantId === tenantId);
}

async function acceptOn(
  connection: Connection,
  events: readonly IncomingEvent[],
): Promise<Accepted> {
  const first = firstPerKey(events);
  const { rows } = await connection.query<IntakeRow>(intakeStatement(first));
  const byId = new Map(rows.map((row) => [row[0], row]));
  const owners = await ownersOfKeys(connection, first, byId);
  return {
    acceptances: events.map((event) => acceptanceOf(event, byId.get(event.id), owners)),
    webhookIds: webhooksToWake(rows),
    sessions: first.flatMap((event) => sessionsOf(event, byId.get(event.id))),
  };
}

/** Of the events that share a key, only the first goes to the database; the others are its repeats. */
function firstPerKey(events: readonly IncomingEvent[]): readonly IncomingEvent[] {
  const seen = new Set<string>();
  return events.filter((event) => {
    const key = keyOf(event);
    if (key === undefined) return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
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
    if (stored) owners.set(keyOf(event)!, { ...event.idempotency, eventId, deliveries });
    else taken.push(event);
  }
  if (taken.length > 0) {
    // A statement of its own: the one before could not see what was committed while it waited.
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

function acceptanceOf(
  event: IncomingEvent,
  row: IntakeRow | undefined,
  owners: ReadonlyMap<string, KeyOwner>,
): Acceptance {
  if (!event.idempotency) {
    if (!row) return { kind: 'unknown_tenant' };
    return { kind: 'accepted', eventId: event.id, duplicate: false, deliveries: row[1] };
  }
  const owner = owners.get(keyOf(event)!);
  if (!owner) return { kind: 'unknown_tenant' };
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
    if (stored && active) for (const id of active.split(',')) ids.add(id);
  }
  return [...ids];
}
