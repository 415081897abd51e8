import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiClient, eventually, seedKey } from '../support/index.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

const unknownKey = `sbk_${'7'.repeat(43)}`;

describe('a request', () => {
  it('is known by a bearer key or by X-API-Key', async () => {
    const bearer = { Authorization: `Bearer ${tenant.tenantKey}` };
    const header = { 'X-API-Key': tenant.tenantKey };
    for (const headers of [bearer, header, { Authorization: `bearer  ${tenant.tenantKey}` }]) {
      expect((await api.stranger.get('/v1/webhooks', headers)).status).toBe(200);
    }
  });

  it.each([
    ['no credential', {}],
    ['an unknown key', { Authorization: `Bearer ${unknownKey}` }],
    ['an unknown X-API-Key', { 'X-API-Key': unknownKey }],
    ['half a key', { 'X-API-Key': 'sbk_abc' }],
    ['something else', { Authorization: 'Basic dXNlcjpwYXNz' }],
    ['an access token of nobody', { Authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' }],
    ['an empty header', { Authorization: '' }],
  ])('with %s is 401', async (_what, headers) => {
    const { status, body, headers: answer } = await api.stranger.get('/v1/webhooks', headers);
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
    expect(answer.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it('with the prefix of a key and another end is 401', async () => {
    const end = tenant.tenantKey.endsWith('a') ? 'b' : 'a';
    const { status } = await apiClient(api.url, tenant.tenantKey.slice(0, -1) + end).get(
      '/v1/webhooks',
    );
    expect(status).toBe(401);
  });

  it('is refused before its body is read', async () => {
    const { status } = await api.stranger.post('/v1/webhooks', 'x'.repeat(10 * 1024 * 1024));
    expect(status).toBe(401);
  });

  it('with a key that has expired is 401', async () => {
    const key = await seedKey(api.database, { tenantUuid: tenant.tenantUuid });
    await api.database.query(
      `UPDATE api_keys SET expires_at = now() + interval '1 second' WHERE prefix = $1`,
      [key.slice(4, 16)],
    );
    expect((await apiClient(api.url, key).get('/v1/webhooks')).status).toBe(200);
    await eventually(
      async () => (await apiClient(api.url, key).get('/v1/webhooks')).status === 401,
      { timeoutMs: 3_000 },
    );
  });

  it('says in RateLimit headers how much is left', async () => {
    const { headers } = await tenant.api.get('/v1/webhooks');
    expect(headers.get('ratelimit')).toMatch(/^"tenant-key";r=\d+;t=\d+$/);
    expect(headers.get('ratelimit-policy')).toMatch(/^"tenant-key";q=\d+;w=10$/);
  });
});

describe('API keys', () => {
  const create = (body: object) => tenant.api.post('/v1/api-keys', body);

  it('are shown once and work at once, with their permissions only', async () => {
    const { status, body } = await create({ name: 'Reader', permissions: ['webhooks:read'] });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^key_/),
      key: expect.stringMatching(/^sbk_[1-9A-HJ-NP-Za-km-z]{32,44}$/),
      prefix: body.key.slice(4, 16),
      name: 'Reader',
      permissions: ['webhooks:read'],
      expiresAt: null,
      lastUsedAt: null,
      createdBy: expect.stringMatching(/^key_/),
      createdAt: expect.any(String),
    });
    const reader = apiClient(api.url, body.key);
    expect((await reader.get('/v1/webhooks')).status).toBe(200);
    const refused = await reader.post('/v1/webhooks', {});
    expect(refused.status).toBe(403);
    expect(refused.body).toMatchObject({
      code: 'permission_denied',
      detail: 'This needs the permission `webhooks:write`.',
    });
  });

  it('that expire make none that outlives them', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await create({ name: 'Short', permissions: ['keys:write'], expiresAt });
    const short = apiClient(api.url, body.key);
    const child = { name: 'Child', permissions: ['keys:write'] };
    const refused = await short.post('/v1/api-keys', child);
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ path: 'expiresAt', message: expect.stringContaining(expiresAt) }],
    ]);
    expect((await short.post('/v1/api-keys', { ...child, expiresAt })).status).toBe(201);
  });

  it('are listed without the key', async () => {
    const { body } = await create({ name: 'Listed', permissions: ['webhooks:read'] });
    const list = (await tenant.api.get('/v1/api-keys')).body;
    expect(list.data[0]).toMatchObject({ id: body.id, name: 'Listed' });
    expect(JSON.stringify(list)).not.toContain(body.key);
  });

  it('are refused from the moment they are revoked', async () => {
    const { body } = await create({ name: 'Short-lived', permissions: ['webhooks:read'] });
    const client = apiClient(api.url, body.key);
    expect((await client.get('/v1/webhooks')).status).toBe(200);
    expect((await tenant.api.delete(`/v1/api-keys/${body.id}`)).status).toBe(204);
    expect((await client.get('/v1/webhooks')).status).toBe(401);
    expect((await tenant.api.delete(`/v1/api-keys/${body.id}`)).status).toBe(404);
    const ids = (await tenant.api.get('/v1/api-keys')).body.data.map(({ id }: any) => id);
    expect(ids).not.toContain(body.id);
  });

  it('are refused within two seconds of being revoked elsewhere', async () => {
    const { body } = await create({ name: 'Elsewhere', permissions: ['webhooks:read'] });
    const client = apiClient(api.url, body.key);
    expect((await client.get('/v1/webhooks')).status).toBe(200);
    await api.database.query('UPDATE api_keys SET revoked_at = now() WHERE prefix = $1', [
      body.prefix,
    ]);
    await eventually(async () => (await client.get('/v1/webhooks')).status === 401, {
      timeoutMs: 2_000,
    });
  });

  it('show when they were last used', async () => {
    const { body } = await create({ name: 'Used', permissions: ['webhooks:read'] });
    await apiClient(api.url, body.key).get('/v1/webhooks');
    const lastUse = async () =>
      (await tenant.api.get('/v1/api-keys')).body.data.find(({ id }: any) => id === body.id)
        .lastUsedAt;
    await eventually(async () => (await lastUse()) !== null, { timeoutMs: 5_000 });
    expect(Math.abs(Date.parse(await lastUse()) - Date.now())).toBeLessThan(10_000);
  });

  it('can have no permission that their creator lacks', async () => {
    const poor = await tenant.apiWith('keys:write', 'events:read');
    const body = { name: 'Climber', permissions: ['events:read', 'secrets:read'] };
    const answer = await poor.post('/v1/api-keys', body);
    expect(answer.status).toBe(403);
    expect(answer.body.code).toBe('permission_denied');
    expect(answer.body.errors).toEqual([
      { path: 'permissions[1]', message: 'the key of this request does not have secrets:read' },
    ]);
  });

  it('are made for a tenant by the platform', async () => {
    const body = { name: 'Handed over', permissions: ['webhooks:read'] };
    const headers = { 'X-Tenant-Id': tenant.tenantId };
    const made = await api.platform.post('/v1/api-keys', body, headers);
    expect(made.status).toBe(201);
    expect((await apiClient(api.url, made.body.key).get('/v1/webhooks')).status).toBe(200);
    expect((await api.platform.post('/v1/api-keys', body)).body.code).toBe('tenant_required');
  });

  it.each([
    ['name', { permissions: ['events:read'] }],
    ['permissions', { name: 'x' }],
    ['permissions', { name: 'x', permissions: [] }],
    ['permissions', { name: 'x', permissions: ['everything'] }],
    ['permissions', { name: 'x', permissions: ['platform'] }],
    ['expiresAt', { name: 'x', permissions: ['events:read'], expiresAt: '2020-01-01T00:00:00Z' }],
    ['expiresAt', { name: 'x', permissions: ['events:read'], expiresAt: '2027-02-31T00:00:00Z' }],
    ['expiresAt', { name: 'x', permissions: ['events:read'], expiresAt: 'tomorrow' }],
  ])('are not made with a bad %s', async (path, body) => {
    const answer = await create(body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors[0].path).toBe(path);
  });
});

describe('the tenant of a request', () => {
  const named = (tenantId: string) => ({ 'X-Tenant-Id': tenantId });

  it('is that of a tenant key, which may also name it', async () => {
    expect((await tenant.api.get('/v1/webhooks', named(tenant.tenantId))).status).toBe(200);
  });

  it.each(['ten_01jcfpwpg0fgx9p79fda74r401', 'nonsense', ''])(
    'cannot be another one for a tenant key: %s',
    async (id) => {
      const { status, body } = await tenant.api.get('/v1/webhooks', named(id));
      expect([status, body.code]).toEqual([403, 'tenant_mismatch']);
    },
  );

  it('is named by a platform key', async () => {
    const webhook = { url: 'https://example.com/', events: ['*'] };
    const made = await api.platform.post('/v1/webhooks', webhook, named(tenant.tenantId));
    expect(made.body.tenantId).toBe(tenant.tenantId);
    expect((await tenant.api.get(`/v1/webhooks/${made.body.id}`)).status).toBe(200);
  });

  it('must be named by a platform key', async () => {
    const { status, body } = await api.platform.get('/v1/webhooks');
    expect([status, body.code]).toEqual([422, 'tenant_required']);
  });

  it.each(['ten_01jcfpwpg0fgx9p79fda74r401', 'nonsense', 'wh_01jcfpwpg0fgx9p79fda74r401'])(
    'must exist: %s',
    async (id) => {
      const { status, body } = await api.platform.get('/v1/webhooks', named(id));
      expect([status, body.code]).toEqual([404, 'tenant_not_found']);
    },
  );
});

describe('tenants', () => {
  it('are created, listed, read and changed by the platform', async () => {
    const made = await api.platform.post('/v1/tenants', {
      name: 'Contoso University',
      monthlyLaunchLimit: 5_000,
      iri: 'https://lms.contoso.example',
      domain: 'lms.contoso.example',
    });
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^ten_/),
      name: 'Contoso University',
      monthlyLaunchLimit: 5_000,
      webhookLimit: 100,
      eventTypeLimit: 200,
      iri: 'https://lms.contoso.example',
      domain: 'lms.contoso.example',
      scormApiTenantId: null,
      notificationEmails: [],
      scormRules: { completionOnFailed: false, applyThresholds: true },
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const path = `/v1/tenants/${made.body.id}`;
    expect((await api.platform.get(path)).body).toEqual(made.body);
    expect((await api.platform.get('/v1/tenants')).body.data[0]).toMatchObject(made.body);
    const changed = await api.platform.patch(path, { name: 'Contoso', domain: null });
    expect(changed.body).toEqual({
      ...made.body,
      name: 'Contoso',
      domain: null,
      updatedAt: changed.body.updatedAt,
    });
  });

  it('are none of a tenant key’s business', async () => {
    for (const path of ['/v1/tenants', `/v1/tenants/${tenant.tenantId}`]) {
      const { status, body } = await tenant.api.get(path);
      expect([status, body.code]).toEqual([403, 'permission_denied']);
    }
  });

  it.each([
    [{}],
    [{ name: '' }],
    [{ name: 'x', monthlyLaunchLimit: -1 }],
    [{ name: 'x', webhookLimit: null }],
    [{ name: 'x', iri: 'javascript:alert(1)' }],
    [{ name: 'x', domain: 'not a host' }],
    [{ name: 'x', id: 'ten_01jcfpwpg0fgx9p79fda74r401' }],
  ])('are not created from %j', async (body) => {
    expect((await api.platform.post('/v1/tenants', body)).status).toBe(422);
  });

  it('that do not exist are 404', async () => {
    const path = '/v1/tenants/ten_01jcfpwpg0fgx9p79fda74r401';
    expect((await api.platform.get(path)).status).toBe(404);
    expect((await api.platform.patch(path, { name: 'x' })).status).toBe(404);
  });
});
