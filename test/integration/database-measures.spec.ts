import { DatabaseMeter } from '@schoolbell/persistence';
import { Client } from 'pg';
import { expect, onTestFinished } from 'vitest';
import { DELIVERED, attemptOf, loneDeliveryTest } from './delivery-fixtures.js';

const A_MINUTE_AGO = { dueIn: -60 };
const HOUR_AHEAD = { dueIn: 3600 };

loneDeliveryTest('what waits is counted by what it waits for', async ({ fixtures }) => {
  const meter = new DatabaseMeter(fixtures.db);
  expect(await meter.measure()).toMatchObject({
    oldestDue: { seconds: null, unserved_seconds: null },
    waiting: [],
  });
  const active = await fixtures.addWebhook();
  const paused = await fixtures.addWebhook({ status: 'paused' });
  const busy = await fixtures.addWebhook();
  await fixtures.addDeliveries(active, { count: 3, ...A_MINUTE_AGO });
  await fixtures.addDeliveries(active, { count: 2, ...HOUR_AHEAD });
  await fixtures.addDeliveries(active, { test: true });
  await fixtures.addDeliveries(paused, { count: 4, dueIn: -600 });
  await fixtures.addDeliveries(busy, { count: 5, dueIn: -300 });
  await fixtures.claim(busy, 5);
  const { waiting, oldestDue } = await meter.measure();
  expect(Object.fromEntries(waiting!.map(({ state, deliveries }) => [state, deliveries]))).toEqual({
    due: 3,
    planned: 2,
    held: 4,
    in_flight: 5,
  });
  // Neither that of a paused webhook nor what a dispatcher has.
  expect(oldestDue!.seconds).toBeGreaterThan(59);
  expect(oldestDue!.seconds).toBeLessThan(120);
});

loneDeliveryTest(
  'the oldest is that of any webhook, and none when all is sent',
  async ({ fixtures }) => {
    const meter = new DatabaseMeter(fixtures.db);
    for (const dueIn of [-10, -1000, -20]) {
      await fixtures.addDeliveries(await fixtures.addWebhook(), { dueIn });
    }
    expect((await meter.measure()).oldestDue!.seconds).toBeCloseTo(1000, -2);
    const webhooks = await fixtures.sql('SELECT id FROM webhooks');
    for (const { id } of webhooks) {
      const claimed = await fixtures.claim(id);
      await fixtures.record(claimed.map((claim) => attemptOf(claim, DELIVERED)));
    }
    expect((await meter.measure()).oldestDue!.seconds).toBeNull();
  },
);

loneDeliveryTest(
  'what waits behind a slow receiver, or for a rate limit, is no reason to add dispatchers',
  async ({ fixtures }) => {
    const meter = new DatabaseMeter(fixtures.db);
    const slow = await fixtures.addWebhook();
    await fixtures.addDeliveries(slow, { count: 20, dueIn: -900 });
    await fixtures.addDeliveries(await fixtures.addWebhook({ rateLimit: 1 }), { dueIn: -800 });
    expect((await meter.measure()).oldestDue!.unserved_seconds).toBeCloseTo(900, -2);
    await fixtures.claim(slow, 8);
    const served = (await meter.measure()).oldestDue!;
    expect(served.seconds).toBeCloseTo(900, -2);
    expect(served.unserved_seconds).toBeNull();
    await fixtures.addDeliveries(await fixtures.addWebhook(), { dueIn: -70 });
    expect((await meter.measure()).oldestDue!.unserved_seconds).toBeCloseTo(70, -1);
  },
);

loneDeliveryTest(
  'a backlog is counted up to a limit, however large it is',
  async ({ fixtures }) => {
    await fixtures.addDeliveries(await fixtures.addWebhook(), { count: 30, ...A_MINUTE_AGO });
    const { oldestDue, waiting } = await new DatabaseMeter(fixtures.db, 20).measure();
    expect(oldestDue!.seconds).toBeGreaterThan(59);
    expect(waiting).toEqual([{ state: 'due', deliveries: 20 }]);
  },
);

loneDeliveryTest('who keeps an old view of the tables is seen', async ({ fixtures }) => {
  const other = new Client({ connectionString: fixtures.database.url });
  await other.connect();
  // Its database may be dropped before.
  other.on('error', () => undefined);
  onTestFinished(() => other.end());
  await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  await other.query('SELECT 1 FROM tenants');
  for (let times = 0; times < 5; times++) {
    await fixtures.sql(`UPDATE tenants SET name = 'Acme' WHERE id = $1`, [fixtures.tenantId]);
  }
  const { oldestXmin, oldestTransactionSeconds } = await new DatabaseMeter(fixtures.db).measure();
  const session = oldestXmin!.find(({ held_by }) => held_by === 'session');
  expect(session!.transactions).toBeGreaterThanOrEqual(5);
  expect(oldestTransactionSeconds).toBeGreaterThan(0);
});

loneDeliveryTest('partitions and rows without one are counted', async ({ fixtures }) => {
  await fixtures.sql(
    `INSERT INTO events (id, tenant_id, type, occurred_at, payload)
     VALUES ('00000000-0000-7000-8000-000000000001', $1, 'session.completed', now(), '{}')`,
    [fixtures.tenantId],
  );
  const { partitionsAhead, defaultRows, standbys } = await new DatabaseMeter(fixtures.db).measure();
  expect(partitionsAhead).toEqual([
    { table: 'events', partitions: expect.any(Number) },
    { table: 'audit_log', partitions: expect.any(Number) },
  ]);
  expect(defaultRows).toEqual([
    { table: 'events', rows: 1 },
    { table: 'deliveries', rows: 0 },
    { table: 'attempts', rows: 0 },
    { table: 'audit_log', rows: 0 },
  ]);
  expect(standbys).toEqual([]);
});
