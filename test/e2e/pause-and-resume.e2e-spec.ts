import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';
import { acceptEvents, countDeliveries } from './support/waiting-deliveries.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;
let path: string;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  tenant = await api.addTenant();
  const settings = { url: 'https://example.com/', events: ['session.completed'] };
  path = `/v1/webhooks/${(await tenant.api.post('/v1/webhooks', settings)).body.id}`;
});
afterAll(() => api.stop());

const fails = (count: number) =>
  api.database.query(
    `UPDATE webhooks SET status = 'paused', pause_reason = 'consecutive_failures', paused_at = now(),
     pause_last_error = 'The receiver answered 500.', consecutive_failures = $2 WHERE tenant_id = $1`,
    [tenant.tenantUuid, count],
  );

describe('pausing a webhook', () => {
  it('says since when and why', async () => {
    const { status, body } = await tenant.api.post(`${path}/pause`);
    expect(status).toBe(200);
    expect(body.status).toBe('paused');
    expect(body.pause).toEqual({ reason: 'manual', at: expect.any(String), lastError: null });
    expect(Date.now() - Date.parse(body.pause.at)).toBeLessThan(10_000);
  });

  it('leaves the reason of an earlier pause alone', async () => {
    await fails(5);
    const { body } = await tenant.api.post(`${path}/pause`);
    expect(body.pause).toMatchObject({
      reason: 'consecutive_failures',
      lastError: 'The receiver answered 500.',
    });
    expect(body.consecutiveFailures).toBe(5);
  });

  it('keeps what waits, and what comes', async () => {
    await acceptEvents(api, tenant, 2);
    await tenant.api.post(`${path}/pause`);
    await acceptEvents(api, tenant, 1);
    expect(await countDeliveries(api, tenant)).toEqual({ waiting: 3, due: 3 });
  });

  it('can be done with a change of status, too', async () => {
    expect((await tenant.api.patch(path, { status: 'paused' })).body.pause.reason).toBe('manual');
    expect((await tenant.api.patch(path, { status: 'active' })).body.pause).toBeNull();
  });
});

describe('resuming a webhook', () => {
  it('sets the count of failures to 0 and forgets the pause', async () => {
    await fails(5);
    const { status, body } = await tenant.api.post(`${path}/resume`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'active', pause: null, consecutiveFailures: 0 });
  });

  it('keeps the deliveries that were held, unless told otherwise', async () => {
    await tenant.api.post(`${path}/pause`);
    await acceptEvents(api, tenant, 3);
    await tenant.api.post(`${path}/resume`, { heldDeliveries: 'send' });
    expect(await countDeliveries(api, tenant)).toEqual({ waiting: 3, due: 3 });
  });

  it('discards them when asked to', async () => {
    await acceptEvents(api, tenant, 2);
    await tenant.api.post(`${path}/pause`);
    await acceptEvents(api, tenant, 1);
    await tenant.api.post(`${path}/resume`, { heldDeliveries: 'discard' });
    expect(await countDeliveries(api, tenant)).toEqual({ discarded: 3, due: 0 });
  });

  it('discards nothing of a webhook that was not paused', async () => {
    await acceptEvents(api, tenant, 2);
    const { status } = await tenant.api.post(`${path}/resume`, { heldDeliveries: 'discard' });
    expect(status).toBe(200);
    expect(await countDeliveries(api, tenant)).toEqual({ waiting: 2, due: 2 });
  });

  it('lets an attempt that is in flight come to its end', async () => {
    await acceptEvents(api, tenant, 2);
    await api.database.query(
      `UPDATE due_deliveries SET lease_id = gen_random_uuid(), leased_until = now() + interval '1 minute'
       WHERE delivery_id = (SELECT delivery_id FROM due_deliveries WHERE tenant_id = $1 LIMIT 1)`,
      [tenant.tenantUuid],
    );
    await tenant.api.post(`${path}/pause`);
    await tenant.api.post(`${path}/resume`, { heldDeliveries: 'discard' });
    expect(await countDeliveries(api, tenant)).toEqual({ discarded: 1, waiting: 1, due: 1 });
  });

  it('is refused for what is neither send nor discard', async () => {
    const { status } = await tenant.api.post(`${path}/resume`, { heldDeliveries: 'burn' });
    expect(status).toBe(422);
  });
});

describe('deleting a webhook', () => {
  it('discards what waits and keeps the history', async () => {
    await acceptEvents(api, tenant, 3);
    await api.database.query(
      `WITH one AS (DELETE FROM due_deliveries WHERE delivery_id =
         (SELECT delivery_id FROM due_deliveries WHERE tenant_id = $1 LIMIT 1) RETURNING delivery_id)
       UPDATE deliveries SET status = 'delivered' FROM one WHERE id = delivery_id`,
      [tenant.tenantUuid],
    );
    expect((await tenant.api.delete(path)).status).toBe(204);
    expect(await countDeliveries(api, tenant)).toEqual({ delivered: 1, discarded: 2, due: 0 });
  });

  it('discards what is held, too', async () => {
    await tenant.api.post(`${path}/pause`);
    await acceptEvents(api, tenant, 2);
    await tenant.api.delete(path);
    expect(await countDeliveries(api, tenant)).toEqual({ discarded: 2, due: 0 });
  });

  it('sends it no further events', async () => {
    await tenant.api.delete(path);
    await acceptEvents(api, tenant, 2);
    expect(await countDeliveries(api, tenant)).toEqual({ due: 0 });
  });

  it('touches no other webhook', async () => {
    const settings = { url: 'https://example.com/b', events: ['*'] };
    await tenant.api.post('/v1/webhooks', settings);
    await acceptEvents(api, tenant, 2);
    await tenant.api.delete(path);
    expect(await countDeliveries(api, tenant)).toEqual({ discarded: 2, waiting: 2, due: 2 });
  });
});
