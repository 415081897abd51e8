import { toTypeId } from '@schoolbell/ids';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TenantUnderTest } from './support/start-api.js';
import { addWebhook } from './support/add-webhook.js';
import { COMPLETED, PostingFixtures, SESSION } from './support/posting-fixtures.js';

const LAUNCHED = { type: 'session.launched', data: SESSION };

const api = new PostingFixtures();

describe('GET /v1/usage', () => {
  let tenant: TenantUnderTest;
  beforeEach(async () => {
    tenant = await api.schoolbell.addTenant();
  });

  const has = (changes: object) =>
    api.schoolbell.platform.patch(`/v1/tenants/${tenant.tenantId}`, changes);

  it('shows at once what was accepted in the month that is running, duplicates apart', async () => {
    await has({ monthlyLaunchLimit: 7 });
    await addWebhook(tenant, { events: ['session.launched'] });
    const resumed = { ...LAUNCHED, data: { ...SESSION, entry: 'resume' } };
    for (const launch of [LAUNCHED, resumed]) {
      expect((await tenant.api.post('/v1/events', launch)).status).toBe(202);
    }
    const repeated = { ...LAUNCHED, idempotencyKey: 'launch-1' };
    const events = [repeated, repeated, COMPLETED];
    expect((await tenant.api.post('/v1/events/batch', { events })).status).toBe(202);
    expect((await tenant.api.post('/v1/events', repeated)).body.duplicate).toBe(true);

    const month = new Date().toISOString().slice(0, 7);
    const expected = { month, launches: 3, limit: 7, percent: 42, deliveries: 3, events: 4 };
    expect(await tenant.api.get('/v1/usage')).toMatchObject({ status: 200, body: expected });
    expect((await tenant.api.get(`/v1/usage?month=${month}`)).body).toEqual(expected);
  });

  it('shows zeros for a month without events, and no percent without a limit', async () => {
    const nothing = { launches: 0, limit: null, percent: null, deliveries: 0, events: 0 };
    const { body } = await tenant.api.get('/v1/usage?month=2020-02');
    expect(body).toEqual({ month: '2020-02', ...nothing });
    await has({ monthlyLaunchLimit: 0 });
    expect((await tenant.api.get('/v1/usage')).body).toMatchObject({ limit: 0, percent: null });
  });

  it.each(['2026', '2026-13', '2026-00', '2026-1', '0000-01', '9999-12', '2026-11-01', '', 'now'])(
    'refuses the month "%s"',
    async (month) => {
      const { status, body } = await tenant.api.get(`/v1/usage?month=${month}`);
      expect([status, body.code]).toEqual([422, 'validation_failed']);
      expect(body.errors).toEqual([{ path: 'month', message: 'must be a month such as 2026-11' }]);
    },
  );

  it('shows no tenant what another used', async () => {
    await tenant.api.post('/v1/events', LAUNCHED);
    const stranger = await api.schoolbell.addTenant();
    expect((await stranger.api.get('/v1/usage')).body).toMatchObject({ launches: 0, events: 0 });
    const named = await stranger.api.get('/v1/usage', { 'x-tenant-id': tenant.tenantId });
    expect([named.status, named.body.code]).toEqual([403, 'tenant_mismatch']);
  });

  it('shows the platform what the tenant that it names used', async () => {
    const { platform } = api.schoolbell;
    await tenant.api.post('/v1/events', LAUNCHED);
    const { body } = await platform.get('/v1/usage', { 'x-tenant-id': tenant.tenantId });
    expect(body).toMatchObject({ launches: 1 });
    expect((await platform.get('/v1/usage')).body.code).toBe('tenant_required');
    const unknown = { 'x-tenant-id': toTypeId('tenant', '019a8c2e-5d1b-7e0a-9c3f-4b6d8e2f1a70') };
    expect((await platform.get('/v1/usage', unknown)).body.code).toBe('tenant_not_found');
  });

  it('needs the permission usage:read', async () => {
    expect((await (await tenant.apiWith('usage:read')).get('/v1/usage')).status).toBe(200);
    const other = await tenant.apiWith('webhooks:read', 'events:read');
    expect((await other.get('/v1/usage')).body.code).toBe('permission_denied');
  });
});
