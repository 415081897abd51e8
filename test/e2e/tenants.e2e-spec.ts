import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDeadLetters } from './support/dead-letters.js';
import { addUser } from './support/accounts.js';
import { type ApiUnderTest, startApi } from './support/start-api.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const healthOf = async (client: Pick<ApiUnderTest['platform'], 'get'>, tenantId: string) => {
  const { body } = await client.get('/v1/tenants?limit=100');
  return body.data.find(({ id }: { id: string }) => id === tenantId)?.health;
};

describe('the list of tenants', () => {
  it('shows the platform how each is doing: paused and failing webhooks, dead letters', async () => {
    const tenant = await api.addTenant();
    const quiet = await api.addTenant();
    const add = async () => {
      const webhook = { url: 'https://receiver.example.com/hook', events: ['*'] };
      const { body } = await tenant.api.post('/v1/webhooks', webhook);
      return body.id as string;
    };
    const [paused, failing, deleted] = [await add(), await add(), await add()];
    await tenant.api.post(`/v1/webhooks/${paused}/pause`);
    await addDeadLetters(api.database, failing, 3);
    await api.database.query(
      `UPDATE webhooks SET consecutive_failures = 2 WHERE status = 'active' AND tenant_id = $1`,
      [tenant.tenantUuid],
    );
    await tenant.api.delete(`/v1/webhooks/${deleted}`);
    const support = await addUser(api, null, 'platform_support');
    expect(await healthOf(support.api, tenant.tenantId)).toEqual({
      webhooks: 2,
      webhooksPaused: 1,
      webhooksFailing: 1,
      deadLetters: 3,
    });
    expect(await healthOf(api.platform, quiet.tenantId)).toEqual({
      webhooks: 0,
      webhooksPaused: 0,
      webhooksFailing: 0,
      deadLetters: 0,
    });
  });

  it('is none of a tenant', async () => {
    const owner = await addUser(api, await api.addTenant(), 'owner');
    expect((await owner.api.get('/v1/tenants')).status).toBe(403);
  });
});
