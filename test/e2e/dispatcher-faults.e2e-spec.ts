import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  Customer,
  describeOnEachQueue,
  eventually,
  redisFor,
  seedTenant,
  startReceiver,
  startSchoolbell,
  startStoppingPostgres,
  type Receiver,
  type Schoolbell,
  type ServiceProcess,
  World,
} from '../support/index.js';

/** Another dispatcher has to start first, on a machine that may be busy. */
const TAKE_OVER_MS = 40_000;
/** As often as a dispatcher connects before each of its parts has tried again. */
const ALL_WAYS_IN = 20;

describeOnEachQueue('a dispatcher', (backend) => {
  let schoolbell: Schoolbell;
  /** The customer of a new tenant. */
  let customer: Customer;
  let tenantUuid: string;
  let receiver: Receiver;
  beforeAll(async () => {
    const redis = await redisFor(backend);
    const env = { LEASE_SECONDS: '3', SWEEP_INTERVAL_MS: '500' };
    schoolbell = await startSchoolbell({ redisUrl: redis?.url, env });
    return async () => {
      await schoolbell.stop();
      await redis?.stop();
    };
  });
  beforeEach(async () => {
    const tenant = await seedTenant(schoolbell.database);
    customer = new Customer({ ...schoolbell, ...tenant });
    ({ tenantUuid } = tenant);
    receiver = await startReceiver();
    return () => receiver.close();
  });

  it('that is killed while it sends loses nothing: another one takes over, and logs what was cut off', async () => {
    receiver.respondWith('hang');
    const webhook = await customer.webhook(receiver.url, { timeoutSeconds: 30 });
    await customer.completesTimes(webhook, 20);
    await receiver.waitFor(8);

    await schoolbell.dispatchers[0]!.kill();
    receiver.respondWith(200);
    schoolbell.addDispatcher();
    await eventually(
      async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 20 }),
      { timeoutMs: TAKE_OVER_MS, intervalMs: 200 },
    );

    expect(receiver.requests).toHaveLength(28);
    const events = new Set(receiver.requests.map(({ headers }) => headers['webhook-id']));
    expect(events.size).toBe(20);
    const outcomes = await outcomesOf(schoolbell, tenantUuid);
    expect(outcomes).toEqual({ interrupted: 8, delivered: 20 });
    const interrupted = (await customer.deliveries(webhook)).filter((d) => d.attemptCount === 2);
    expect(interrupted).toHaveLength(8);
    const { body } = await customer.api.get(`/v1/deliveries/${interrupted[0]!.id}`);
    expect(body.attempts).toMatchObject([
      { number: 1, outcome: 'interrupted', error: { code: 'interrupted' } },
      { number: 2, outcome: 'delivered' },
    ]);
    expect(interruptedOf(schoolbell.dispatchers[1]!)).toHaveLength(8);
    expect(interruptedOf(schoolbell.dispatchers[1]!)).toContainEqual(
      expect.objectContaining({ deliveryId: interrupted[0]!.id, attempt: 1 }),
    );
  });

  it('that is asked to stop finishes what it sends and exits with 0', async () => {
    receiver.respondWith({ status: 200, delayMs: 1000 });
    const webhook = await customer.webhook(receiver.url);
    await customer.completesTimes(webhook, 20);
    await receiver.waitFor(8);
    const dispatcher = schoolbell.dispatchers.find(({ alive }) => alive);
    expect(await dispatcher!.term()).toBe(0);

    expect(receiver.requests).toHaveLength(8);
    expect(await customer.ledger(webhook)).toEqual({ delivered: 8, pending: 12 });
    expect(await outcomesOf(schoolbell, tenantUuid)).toEqual({ delivered: 8 });

    schoolbell.addDispatcher();
    await eventually(
      async () => expect(await customer.ledger(webhook)).toEqual({ delivered: 20 }),
      { timeoutMs: TAKE_OVER_MS, intervalMs: 200 },
    );
    expect(receiver.requests).toHaveLength(20);
  });
});

describe('a dispatcher that is the only one', () => {
  const world = new World({ dispatchers: 0 });
  afterEach(async () => {
    await Promise.all(world.schoolbell.dispatchers.map((dispatcher) => dispatcher.term()));
  });

  it('lives on when Postgres stops in the instant in which it has greeted, and delivers as soon as it stays', async () => {
    const { schoolbell, customer, receiver } = world;
    const { database } = schoolbell;
    const postgres = await startStoppingPostgres(database.url);
    onTestFinished(() => postgres.close());
    const dispatcher = schoolbell.addDispatcher({ DATABASE_URL: postgres.url });
    const webhook = await customer.webhook(receiver.url);
    await customer.completes(webhook);
    await receiver.waitFor(1, TAKE_OVER_MS);

    postgres.stops = true;
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name <> ''
         AND datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await eventually(() => expect(postgres.ended).toBeGreaterThan(ALL_WAYS_IN));
    postgres.stops = false;
    await customer.completes(webhook);
    await receiver.waitFor(2, TAKE_OVER_MS);
    expect(dispatcher.alive).toBe(true);
  });

  it('gives back what its receivers have not answered when its grace period ends, for another to send at once', async () => {
    const { schoolbell, customer, receiver } = world;
    receiver.respondWith('hang');
    const dispatcher = schoolbell.addDispatcher({ SHUTDOWN_GRACE_SECONDS: '2' });
    const webhook = await customer.webhook(receiver.url, { timeoutSeconds: 30 });
    await customer.completes(webhook);
    await receiver.waitFor(1, TAKE_OVER_MS);
    const before = Date.now();
    expect(await dispatcher.term()).toBe(0);
    expect(Date.now() - before).toBeLessThan(3000);

    receiver.respondWith(200);
    const other = schoolbell.addDispatcher();
    const { attempts } = await customer.deliveryIs(webhook, 'delivered');
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['interrupted', 'delivered']);
    expect(interruptedOf(dispatcher)).toMatchObject([{ attempt: 1 }]);
    expect(interruptedOf(other)).toEqual([]);
  });
});

/** What a dispatcher logged about interrupted attempts. */
function interruptedOf({ logLines }: ServiceProcess): Record<string, unknown>[] {
  return logLines.filter(
    ({ msg, outcome }) => msg === 'delivery.attempted' && outcome === 'interrupted',
  );
}

async function outcomesOf(
  { database }: Schoolbell,
  tenantUuid: string,
): Promise<Record<string, number>> {
  const rows = await database.query<{ outcome: string; count: number }>(
    `SELECT outcome, count(*)::integer AS count FROM attempts
     WHERE delivery_id IN (SELECT id FROM deliveries WHERE tenant_id = $1) GROUP BY outcome`,
    [tenantUuid],
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}
