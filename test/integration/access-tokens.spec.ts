import { PostgresAccessTokenStore, WebhookRepository } from '@schoolbell/persistence';
import { expect } from 'vitest';
import { AN_AUTHOR } from '../support/index.js';
import { deliveryTest as it } from './delivery-fixtures.js';

it('the access token of a webhook is forgotten when the webhook is deleted, and none is kept afterwards', async ({
  fixtures,
}) => {
  const tokens = new PostgresAccessTokenStore(fixtures.db);
  const webhooks = new WebhookRepository(fixtures.db);
  const [deleted, other] = [await fixtures.addWebhook(), await fixtures.addWebhook()];
  const token = { token: 'secret', expiresAt: new Date(Date.now() + 3_600_000) };
  for (const webhookId of [deleted, other]) await tokens.keep(webhookId, 1, token);
  expect(await webhooks.delete(AN_AUTHOR, fixtures.tenantId, deleted)).toBe(true);
  const kept = () => fixtures.sql('SELECT webhook_id FROM access_tokens');
  expect(await kept()).toEqual([{ webhook_id: other }]);
  await tokens.keep(deleted, 1, token);
  expect(await kept()).toEqual([{ webhook_id: other }]);
});
