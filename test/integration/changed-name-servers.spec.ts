import type { AttemptRecord, DeliveryStore } from '@schoolbell/delivery';
import { expect } from 'vitest';
import { eventually } from '../support/index.js';
import { deliveryTest as it } from './delivery-fixtures.js';
import { resolvConf, startNameServer } from './egress/name-server.js';
import { startPipeline } from './start-pipeline.js';

const DELIVERIES = 8;

it('while our name servers are away attempts are recorded as failures on our side, and once others are set all is delivered without a restart', async ({
  fixtures,
  receiver,
}) => {
  const [before, after] = [
    await startNameServer(() => '127.0.0.1'),
    await startNameServer(() => '127.0.0.1'),
  ];
  await before.close();
  const conf = await resolvConf(before.address);
  const webhookId = await fixtures.addWebhook({ autoPauseAfter: 5 });
  await fixtures.sql('UPDATE webhooks SET url = $2, retry_schedule = $3 WHERE id = $1', [
    webhookId,
    `http://receiver.test:${receiver.port}/`,
    Array(20).fill(1),
  ]);
  await fixtures.addDeliveries(webhookId, { count: DELIVERIES });
  const recorded = recordsOf(fixtures.store);
  const pipeline = startPipeline({ store: fixtures.store, nameServers: conf.source });

  await pipeline.onWake([webhookId]);
  await eventually(() => recorded.length >= DELIVERIES);
  await conf.write(after.address);
  await eventually(
    async () => {
      await pipeline.onWake([webhookId]);
      expect(await fixtures.sql('SELECT FROM due_deliveries')).toEqual([]);
    },
    { timeoutMs: 30_000, intervalMs: 100 },
  );

  expect(receiver.requests).toHaveLength(DELIVERIES);
  const failures = recorded.flatMap(({ error }) => error ?? []);
  expect(failures.length).toBeGreaterThanOrEqual(DELIVERIES);
  for (const failure of failures) expect(failure).toMatchObject({ code: 'dns', ours: true });
});

/** Everything that is recorded in a store from now on. */
function recordsOf(store: DeliveryStore): readonly AttemptRecord[] {
  const recorded: AttemptRecord[] = [];
  const record = store.record.bind(store);
  store.record = (attempts) => {
    recorded.push(...attempts);
    return record(attempts);
  };
  return recorded;
}
