import { DeliveryRepository } from '@schoolbell/persistence';
import { expect, it } from 'vitest';
import { attemptOf, DeliveryFixtures, FAILED } from './delivery-fixtures.js';

it('a delivery is shown with as many attempts as it counts, also while one is ending', async () => {
  const fixtures = await DeliveryFixtures.open();
  try {
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
  } finally {
    await fixtures.close();
  }
});
