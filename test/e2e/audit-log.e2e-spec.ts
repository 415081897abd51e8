import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, seedKey } from '../support/index.js';
import { addWebhook } from './support/add-webhook.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

/** None of these may ever be in the audit log. */
const SECRETS = {
  password: 'pass-4f1c2d',
  secret: 'whsec_c2Nob29sYmVsbCBhdWRpdCBsb2cgc2VjcmV0IDI0Yg==',
  header: 'header-9b27aa',
  token: 'token-77c0de',
};

let api: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

/** A tenant of its own for each test. */
async function aTenant(): Promise<TenantUnderTest> {
  tenant = await api.addTenant();
  return tenant;
}

// oxlint-disable-next-line typescript/no-explicit-any
async function auditLog(query = '', client = tenant.api): Promise<any[]> {
  const { status, body } = await client.get(`/v1/audit-log${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.data;
}

const actions = async (query = '') => (await auditLog(query)).map(({ action }) => action);

describe('the audit log', () => {
  it('says who changed what, when, from where, and by which request', async () => {
    const { api: client } = await aTenant();
    const id = await addWebhook(tenant);
    const { headers } = await client.patch(`/v1/webhooks/${id}`, { timeoutSeconds: 20 });
    const [entry] = await auditLog();
    expect(entry).toEqual({
      id: expect.stringMatching(/^aud_/),
      tenantId: tenant.tenantId,
      at: expect.any(String),
      actor: { kind: 'api_key', id: expect.stringMatching(/^key_/), name: 'test' },
      action: 'webhook.updated',
      resource: { kind: 'webhook', id },
      address: '127.0.0.1',
      requestId: headers.get('x-request-id'),
      before: { timeoutSeconds: 10 },
      after: { timeoutSeconds: 20 },
    });
    expect(Math.abs(Date.now() - Date.parse(entry.at))).toBeLessThan(60_000);
  });

  it('tells what happened to a webhook, from its registration to its end', async () => {
    const { api: client } = await aTenant();
    const path = `/v1/webhooks/${await addWebhook(tenant)}`;
    await client.post(`${path}/pause`);
    await client.patch(path, { status: 'active' });
    await client.patch(path, { status: 'paused', description: 'Both at once' });
    await client.post(`${path}/resume`, { heldDeliveries: 'discard' });
    await client.post(`${path}/secret/rotate`);
    await client.get(`${path}/secret`);
    await client.delete(path);
    expect((await actions()).toReversed()).toEqual([
      'webhook.created',
      'webhook.paused',
      'webhook.resumed',
      'webhook.updated',
      'webhook.resumed',
      'webhook.secret_rotated',
      'webhook.secret_read',
      'webhook.deleted',
    ]);
    const [deleted, , , resumed, updated] = await auditLog();
    expect(deleted).toMatchObject({ before: { events: ['*'], status: 'active' }, after: null });
    expect(resumed.after).toEqual({
      status: 'active',
      pauseReason: null,
      heldDeliveries: 'discard',
    });
    expect(updated).toMatchObject({
      before: { description: '', status: 'active' },
      after: { description: 'Both at once', status: 'paused' },
    });
  });

  it('has no entry for what was refused, and none for what changed nothing', async () => {
    const { api: client } = await aTenant();
    const path = `/v1/webhooks/${await addWebhook(tenant)}`;
    const before = await actions();
    expect((await client.patch(path, { timeoutSeconds: 0 })).status).toBe(422);
    expect((await client.patch(path, { timeoutSeconds: 10 })).status).toBe(200);
    expect((await client.post(`${path}/resume`)).status).toBe(200);
    expect((await client.delete('/v1/webhooks/wh_01jcfpwpg0fgx9p79fda74r401')).status).toBe(404);
    expect((await client.delete('/v1/event-types/not.there')).status).toBe(404);
    const taken = { type: 'session.completed', description: 'x', schema: true, example: {} };
    expect((await client.post('/v1/event-types', taken)).status).toBe(409);
    expect(await actions()).toEqual(before);
  });

  it('never holds a secret, and says nevertheless that one was changed', async () => {
    const { api: client } = await aTenant();
    const { password, secret, header, token } = SECRETS;
    const authentication = { type: 'basic', username: 'user', password };
    const headers = { 'X-Api-Key': header };
    const path = `/v1/webhooks/${await addWebhook(tenant, { authentication, headers, secret })}`;
    await client.patch(path, { authentication: { ...authentication, password: token } });
    const [changed] = await auditLog();
    expect(changed).toMatchObject({
      before: { authentication: { type: 'basic' } },
      after: { authentication: { type: 'basic' } },
    });
    await client.patch(path, { authentication: { type: 'bearer', token } });
    await client.post(`${path}/secret/rotate`, { secret: `${secret}AA==`.slice(-48) });
    const { body } = await client.post('/v1/api-keys', { name: 'K', permissions: ['events:read'] });
    const [{ log }] = (await api.database.query<{ log: string }>(
      'SELECT json_agg(a)::text AS log FROM audit_log a WHERE tenant_id = $1',
      [tenant.tenantUuid],
    )) as [{ log: string }];
    expect(log).toContain('X-Api-Key');
    expect(log).toContain('api_key.created');
    for (const value of [...Object.values(SECRETS), body.key]) expect(log).not.toContain(value);
  });

  it('shows an owner what the platform did to the tenant and in its name', async () => {
    await aTenant();
    await api.platform.patch(`/v1/tenants/${tenant.tenantId}`, { webhookLimit: 7, iri: null });
    const asTenant = { 'X-Tenant-Id': tenant.tenantId };
    const key = { name: 'By the operator', permissions: ['events:read'] };
    await api.platform.post('/v1/api-keys', key, asTenant);
    expect(await auditLog()).toMatchObject([
      { actor: { kind: 'platform' }, action: 'api_key.created' },
      {
        actor: { kind: 'platform', id: expect.stringMatching(/^key_/) },
        action: 'tenant.updated',
        resource: { kind: 'tenant', id: tenant.tenantId },
        before: { webhookLimit: 100 },
        after: { webhookLimit: 7 },
      },
    ]);
  });

  it('has what is changed by the calls of the SCORM API too', async () => {
    const { api: client } = await aTenant();
    const settings = { url: 'https://receiver.example/', event_type: 'session.completed' };
    const { body } = await client.post('/api/v1/webhooks', settings);
    await client.patch(`/api/v1/webhooks/${body.id}`, { is_active: false });
    await client.delete(`/api/v1/webhooks/${body.id}`);
    expect(await actions()).toEqual(['webhook.deleted', 'webhook.paused', 'webhook.created']);
  });

  it('is filtered by actor, action, resource and time, and read in pages', async () => {
    await aTenant();
    const other = await tenant.apiWith('webhooks:write');
    const [one, two] = [await addWebhook(tenant), await addWebhook({ api: other })];
    const [ofOther, ofOne] = await auditLog();
    const filters: [string, string[]][] = [
      [`actor=${ofOther.actor.id}`, [two]],
      [`resource=${one}`, [one]],
      ['action=webhook.created', [two, one]],
      ['action=webhook.deleted', []],
      [`to=${ofOne.at}`, []],
      [`from=${ofOne.at}`, [two, one]],
      [`actor=${ofOther.actor.id}&resource=${one}`, []],
      ['actor=nobody', []],
    ];
    for (const [query, ids] of filters) {
      const found = await auditLog(`?${query}`);
      expect(
        found.map(({ resource }) => resource.id),
        query,
      ).toEqual(ids);
    }
    const first = (await tenant.api.get('/v1/audit-log?limit=1')).body;
    expect(first.data[0].id).toBe(ofOther.id);
    const second = (await tenant.api.get(`/v1/audit-log?limit=1&cursor=${first.nextCursor}`)).body;
    expect(second).toMatchObject({ data: [{ id: ofOne.id }], nextCursor: null });
    expect((await tenant.api.get('/v1/audit-log?from=yesterday')).status).toBe(422);
  });

  it('is for whoever may read it, and of one tenant; the platform sees all of it', async () => {
    await aTenant();
    const id = await addWebhook(tenant);
    const stranger = await api.addTenant();
    expect(await auditLog(`?resource=${id}`, stranger.api)).toEqual([]);
    const poor = await tenant.apiWith('webhooks:read', 'webhooks:write', 'keys:write');
    expect((await poor.get('/v1/audit-log')).status).toBe(403);
    expect(await auditLog(`?resource=${id}`, api.platform)).toHaveLength(1);
    const named = apiClient(api.url, await seedKey(api.database), {
      'X-Tenant-Id': stranger.tenantId,
    });
    expect(await auditLog('', named)).toEqual([]);
    const ofAll = { type: 'of.all', description: 'Of all.', schema: true, example: {} };
    await api.platform.post('/v1/event-types', ofAll);
    expect(await auditLog('?resource=of.all', api.platform)).toMatchObject([
      { tenantId: null, action: 'event_type.created', resource: { kind: 'event_type' } },
    ]);
    expect(await auditLog('?resource=of.all')).toEqual([]);
  });
});
