import type {
  Acceptance,
  Deferred,
  EventIntake,
  IncomingEvent,
  IntakeBounds,
  IntakeReport,
} from '@schoolbell/delivery';
import type { PoolClient } from 'pg';
import type { Database } from '../database/database.js';
import { runTransaction } from '../database/run-transaction.js';
import { promoteFirsts, type OrderedSession } from '../steps/promote.js';
import { acceptOn, type Accepted } from './accept-on.js';
import { acceptPartByPart } from './accept-part-by-part.js';

const UNBOUNDED: IntakeBounds = { ofOneEvent: null, ofAll: null };

/** All of a batch; `undefined` when it makes too many deliveries. */
type Whole = Accepted<Acceptance> | undefined;

/** Takes events in with one prepared statement, whose commit is the promise behind every 202. */
export class PostgresEventIntake implements EventIntake {
  constructor(private readonly db: Pick<Database, 'intakePool'>) {}

  async accept(
    events: readonly IncomingEvent[],
    bounds: IntakeBounds = UNBOUNDED,
  ): Promise<IntakeReport<Acceptance | Deferred>> {
    const { sessions, ...report } = await acceptOn(this.db.intakePool, events, bounds);
    await this.promote(sessions);
    return report;
  }

  async acceptAllOrNone(
    events: readonly IncomingEvent[],
    most: number | null = null,
  ): Promise<IntakeReport | undefined> {
    const bounds = { ofOneEvent: most, ofAll: most, allOrNone: true };
    const whole = standOrFallTogether(events)
      ? wholeOf(await acceptOn(this.db.intakePool, events, bounds))
      : await this.inTransaction(async (client) => wholeOf(await acceptOn(client, events, bounds)));
    return this.finish(whole);
  }

  async acceptAllOrNoneInParts(
    events: readonly IncomingEvent[],
    size: { ofPart: number; most: number },
  ): Promise<IntakeReport | undefined> {
    return this.finish(
      await this.inTransaction((client) => acceptPartByPart(client, events, size)),
    );
  }

  private async finish(whole: Whole): Promise<IntakeReport | undefined> {
    if (!whole) return undefined;
    const { sessions, ...report } = whole;
    await this.promote(sessions);
    return report;
  }

  /**
   * The delivery before one of these may have ended while it was accepted. The 202 does not depend on this: if it
   * fails, the sweep does it.
   */
  private async promote(sessions: readonly OrderedSession[]): Promise<void> {
    await promoteFirsts(this.db.intakePool, sessions).catch(() => undefined);
  }

  /** Commits when all were accepted, and leaves nothing behind otherwise. */
  private async inTransaction(accept: (client: PoolClient) => Promise<Whole>): Promise<Whole> {
    const whole = await runTransaction(this.db.intakePool, accept, isAccepted);
    return whole && !isAccepted(whole) ? { ...whole, webhookIds: [], sessions: [] } : whole;
  }
}

function isAccepted(whole: Whole): boolean {
  return whole?.acceptances.every(({ kind }) => kind === 'accepted') ?? false;
}

/** Without keys, an event is refused for its tenant only: one statement is all or none by itself. */
function standOrFallTogether(events: readonly IncomingEvent[]): boolean {
  const tenantId = events[0]?.tenantId;
  return events.every((event) => !event.idempotency && event.tenantId === tenantId);
}

/** When one event of a batch is deferred, so are all. */
function wholeOf({ acceptances, ...rest }: Accepted): Whole {
  const settled = acceptances.filter((outcome) => outcome.kind !== 'deferred');
  return settled.length === acceptances.length ? { acceptances: settled, ...rest } : undefined;
}
