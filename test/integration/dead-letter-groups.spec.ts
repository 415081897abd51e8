import { DeliveryRepository } from '@schoolbell/persistence';
import { expect } from 'vitest';
import { deliveryTest as it } from './delivery-fixtures.js';

it('groups of dead letters count the newest 10,000, and say that there may be more', async ({
  fixtures,
}) => {
  const [often, seldom] = [await fixtures.addWebhook(), await fixtures.addWebhook()];
  await fixtures.addDeliveries(seldom, { count: 3 });
  await fixtures.addDeliveries(often, { count: 10_002 });
  await fixtures.sql(
    `UPDATE deliveries SET status = 'dead', dead_at = now(), last_attempt_at = now(), last_error_code = 'http_status',
       last_response_status = CASE WHEN webhook_id = $1 THEN 503 ELSE 404 END`,
    [often],
  );
  const groups = async (filter: object) => {
    const repository = new DeliveryRepository(fixtures.db);
    const found = await repository.groupDeadLetters(fixtures.tenantId, filter, ['webhook']);
    return {
      ...found,
      groups: found.groups.map(({ count, example }) => [count, example.webhookId]),
    };
  };
  expect(await groups({})).toEqual({ groups: [[10_000, often]], isComplete: false });
  expect(await groups({ responseStatus: 404 })).toEqual({ groups: [], isComplete: false });
  expect(await groups({ webhookId: seldom, responseStatus: 404 })).toEqual({
    groups: [[3, seldom]],
    isComplete: true,
  });
  expect(await groups({ webhookId: seldom, responseStatus: 503 })).toEqual({
    groups: [],
    isComplete: true,
  });
});
