import { createHash } from 'node:crypto';
import { uuidV7 } from '@schoolbell/ids';
import { type IncomingEvent } from '@schoolbell/delivery';
import {
  EventCounter,
  PostgresEventIntake,
  TenantRepository,
  LaunchCounter,
  UsageRepository,
  type Usage,
} from '@schoolbell/persistence';
import { AN_AUTHOR } from '../support/index.js';
import { deliveryTest, type DeliveryFixtures } from './delivery-fixtures.js';

export const NOVEMBER = '2026-11-10T12:00:00Z';

/** Two APIs and two dispatchers on one database, and short ways to launch, to count and to look. */
class UsageFixtures {
  readonly intakes: PostgresEventIntake[];
  readonly counters: LaunchCounter[];
  readonly tenants: TenantRepository;
  readonly usage: UsageRepository;

  constructor(readonly deliveries: DeliveryFixtures) {
    const databases = [deliveries.db, deliveries.openAnother()];
    this.intakes = databases.map((db) => new PostgresEventIntake(db));
    this.counters = databases.map((db) => new LaunchCounter(db));
    this.tenants = new TenantRepository(deliveries.db);
    this.usage = new UsageRepository(deliveries.db);
  }

  async newTenant(monthlyLaunchLimit: number | null = null, owners: string[] = []) {
    const draft = { name: 'Acme', monthlyLaunchLimit, notificationEmails: owners };
    return (await this.tenants.create(AN_AUTHOR, draft)).id;
  }

  async accept(...events: IncomingEvent[]): Promise<void> {
    await this.intakes[0]!.accept(events);
  }

  async launch(tenantId: string, count: number, acceptedAt: string | number = NOVEMBER) {
    await this.accept(...Array.from({ length: count }, () => launchAt(tenantId, acceptedAt)));
  }

  /** Counts until nothing is left to count. @returns the thresholds that were told */
  async count(counter = this.counters[0]!): Promise<number[]> {
    const told: number[] = [];
    for (;;) {
      const { reached, more } = await counter.next();
      told.push(...reached.map(({ percent }) => percent));
      if (!more) return told;
    }
  }

  /** Removes everything, and all counts. */
  async beginAnew(): Promise<void> {
    await this.deliveries.sql(
      `TRUNCATE webhooks, events, deliveries, due_deliveries, fan_outs, launch_tallies, event_counts CASCADE`,
    );
    await this.deliveries.sql(
      `UPDATE event_counts_progress SET counted_to = '00000000-0000-0000-0000-000000000000'`,
    );
  }

  /** Blocks whoever counts launches of a tenant, until the returned function is called. */
  async holdUp(tenantId: string): Promise<() => Promise<void>> {
    const client = await this.deliveries.db.intakePool.connect();
    await client.query('BEGIN');
    await client.query('SELECT FROM launch_counts WHERE tenant_id = $1 FOR UPDATE', [tenantId]);
    return async () => {
      await client.query('ROLLBACK');
      client.release();
    };
  }

  /** Whether somebody waits for a lock. */
  async isHeldUp(): Promise<boolean> {
    const waiting = await this.deliveries.sql(
      `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return waiting.length > 0;
  }

  /** Counts all events and deliveries. */
  async countEvents(): Promise<void> {
    await new EventCounter(this.deliveries.db).count(new Date('2028-01-01T00:00:00Z'));
  }

  async usageOf(tenantId: string, month = '2026-11'): Promise<Usage> {
    return this.usage.read(tenantId, month);
  }

  /** The data of a tenant's `usage.threshold` events, in order. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async told(tenantId: string): Promise<any[]> {
    const rows = await this.deliveries.sql(
      `SELECT payload FROM events WHERE tenant_id = $1 AND type = 'usage.threshold' ORDER BY id`,
      [tenantId],
    );
    return rows.map(({ payload }) => JSON.parse(payload));
  }
}

/** A launch accepted by an API with this clock: an event's id contains the time of its acceptance. */
export function launchAt(
  tenantId: string,
  acceptedAt: string | number,
  changes: Partial<IncomingEvent> = {},
): IncomingEvent {
  return {
    id: uuidV7(new Date(acceptedAt).getTime()),
    tenantId,
    type: 'session.launched',
    occurredAt: new Date('2026-01-15T00:00:00Z'),
    payload: '{}',
    subject: {},
    ...changes,
  };
}

/** Makes events with the same key repeats of each other. */
export function withKey(key: string): Pick<IncomingEvent, 'idempotency'> {
  return { idempotency: { key, bodyHash: createHash('sha256').update('same').digest() } };
}

/** A test with {@link UsageFixtures} that its file shares. */
export const usageTest = deliveryTest.extend(
  'usage',
  { scope: 'file' },
  ({ fixtures }) => new UsageFixtures(fixtures),
);
