import { DeliveryRepository } from '@schoolbell/persistence';
import { expect } from 'vitest';
import { attemptOf, deliveryTest as it, FAILED } from './delivery-fixtures.js';

it('a delivery is shown with as many attempts as it counts, also while one is ending', async ({
  fixtures,
}) => {
  const webhookId = await fixtures.addWebhook({ autoPauseAfter: 0 });
  const [id] = (await fixtures.addDeliveries(webhookId)) as [string];
  let attempted = false;
  const attempting = (async () => {
    for (let i = 0; i < 100; i++) {
      const [claimed] = await fixtures.claim(webhookId);
      await fixtures.store.record([attemptOf(claimed!, FAILED)]);
      await fixtures.sql('UPDATE due_deliveries SET due_at = now()');
    }
  })().finally(() => (attempted = true));
  const deliveries = new DeliveryRepository(fixtures.db);
  while (!attempted) {
    const { delivery, attempts } = (await deliveries.history(fixtures.tenantId, id))!;
    expect(attempts.length).toBe(delivery.attemptCount);
  }
  await attempting;
  const { attempts } = (await deliveries.history(fixtures.tenantId, id))!;
  expect(attempts).toHaveLength(100);
});
