import type { DeliveryStore } from '@schoolbell/delivery';
import { expect, it, onTestFinished } from 'vitest';
import { eventually, startOwnPostgres, startReceiver } from '../support/index.js';
import { attemptOf, DELIVERED, DeliveryFixtures } from './delivery-fixtures.js';
import { startPipeline } from './start-pipeline.js';

const LEASE_SECONDS = 1;
const DELIVERIES = 8;

class AwayError extends Error {}

it('what was sent while Postgres was away for longer than a lease is recorded first, and never sent again', async () => {
  const fixtures = await DeliveryFixtures.open();
  const receiver = await startReceiver();
  onTestFinished(async () => {
    await receiver.close();
    await fixtures.close();
  });
  const webhookId = await fixtures.addWebhook();
  await fixtures.sql('UPDATE webhooks SET url = $2 WHERE id = $1', [webhookId, receiver.url]);
  const ids = await fixtures.addDeliveries(webhookId, { count: DELIVERIES });

  // Away for outcomes only: so a claim comes first for certain, if it is let.
  let away = true;
  const { store } = fixtures;
  const broken: DeliveryStore = {
    claim: (request) => store.claim(request),
    webhooksForSending: (webhookIds) => store.webhooksForSending(webhookIds),
    release: (claims) => store.release(claims),
    webhooksWithDueDeliveries: (limit) => store.webhooksWithDueDeliveries(limit),
    record: async (attempts) => {
      if (away) throw new AwayError();
      return store.record(attempts);
    },
  };
  const isUnavailable = (error: unknown) => error instanceof AwayError;
  const pipeline = startPipeline({ store: broken, leaseSeconds: LEASE_SECONDS, isUnavailable });
  void pipeline.onWake([webhookId]);
  await receiver.waitFor(DELIVERIES);

  await eventually(async () => {
    expect(await store.webhooksWithDueDeliveries(10)).toEqual([webhookId]);
  });
  const claimed = pipeline.onWake([webhookId]);
  away = false;
  await claimed;
  await eventually(async () => {
    for (const id of ids) {
      const attempts = await fixtures.attempts(id);
      expect(attempts).toMatchObject([{ number: 1, outcome: 'delivered' }]);
    }
  });
  expect(receiver.requests).toHaveLength(DELIVERIES);
});

it('no dispatcher takes over what another has sent just after Postgres was started again', async () => {
  const postgres = await startOwnPostgres();
  const fixtures = await DeliveryFixtures.open(postgres.database);
  onTestFinished(async () => {
    await fixtures.close();
    await postgres.remove();
  });
  const webhookId = await fixtures.addWebhook();
  const [id] = await fixtures.addDeliveries(webhookId);
  const sent = await fixtures.claim(webhookId);
  await fixtures.endLeases();
  await postgres.shutDown();
  await postgres.startAgain();

  const other = await eventually(async () => fixtures.claim(webhookId));
  expect(other).toEqual([]);
  const report = await fixtures.store.record(sent.map((one) => attemptOf(one, DELIVERED)));
  expect(report.lost).toEqual([]);
  expect(await fixtures.delivery(id!)).toMatchObject({ status: 'delivered', attempt_count: 1 });
});
