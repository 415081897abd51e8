import { OperationRepository, OperationSteps } from '@schoolbell/persistence';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AUTHOR, DeliveryFixtures } from './delivery-fixtures.js';

const EVENTS = 150_000;

let fixtures: DeliveryFixtures;
let webhookId: string;
beforeAll(async () => {
  fixtures = await DeliveryFixtures.open();
  webhookId = await fixtures.addWebhook();
  // Spread over an hour; every third has the type that is replayed.
  await fixtures.sql(
    `INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, payload)
     SELECT uuidv7(age), $1, CASE n % 3 WHEN 0 THEN 'session.completed' ELSE 'session.progress' END,
       now(), now() + age, '{}'
     FROM generate_series(1, $2::integer) n, LATERAL (SELECT (n - $2) * interval '24 ms' AS age) a`,
    [fixtures.tenantId, EVENTS],
  );
});
afterAll(() => fixtures.close());

const start = (eventType: string, minutes: number) =>
  new OperationRepository(fixtures.db).startReplay(
    fixtures.tenantId,
    {
      webhookId,
      from: new Date(Date.now() - minutes * 60_000),
      to: new Date(),
      eventTypes: [eventType],
      packageIds: [],
      dispatchIds: [],
      onlyMissing: false,
    },
    AUTHOR,
  );

it('a replay of few events says exactly how many they are', async () => {
  const { total } = await start('session.completed', 6);
  expect(total).toBeGreaterThan(4_900);
  expect(total).toBeLessThanOrEqual(5_000);
  expect(await start('user.created', 6)).toMatchObject({ status: 'completed', total: 0 });
});

it('a replay of very many looks at the first hundred thousand and says about how many they are', async () => {
  const { status, total } = await start('session.completed', 90);
  expect(status).toBe('running');
  expect(total).toBeGreaterThan(45_000);
  expect(total).toBeLessThan(55_000);
  // None of the first events has the type, so the rest cannot be estimated.
  expect(await start('user.created', 90)).toMatchObject({ status: 'running', total: 0 });
});

it('the total of a replay is never below what is done, and exact at the end', async () => {
  const { id } = await start('session.completed', 3);
  await fixtures.sql('DELETE FROM operations WHERE id <> $1', [id]);
  await fixtures.sql('UPDATE operations SET total = 100');
  const steps = new OperationSteps(fixtures.db);
  const operation = async () => (await fixtures.sql('SELECT * FROM operations'))[0];
  for (let ended = false; !ended;) {
    ended = (await steps.next())!.status !== 'running';
    const { total, done } = await operation();
    expect(total).toBe(Math.max(100, done));
  }
  expect(await operation()).toMatchObject({ status: 'completed', failed: 0 });
});
