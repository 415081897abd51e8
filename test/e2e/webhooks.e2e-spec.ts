import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

const URL = 'https://example.com/hooks';
const EVENTS = ['session.completed'];

let api: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

const register = async (settings: object = {}) =>
  (await tenant.api.post('/v1/webhooks', { url: URL, events: EVENTS, ...settings })).body;

describe('registering a webhook', () => {
  it('needs a URL and events, and fills in the rest', async () => {
    const { status, body } = await tenant.api.post('/v1/webhooks', { url: URL, events: EVENTS });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^wh_[0-9a-z]{26}$/),
      tenantId: tenant.tenantId,
      url: URL,
      description: '',
      events: EVENTS,
      scopes: { packageIds: [], dispatchIds: [] },
      format: 'allureconnect',
      filter: null,
      filterError: null,
      template: null,
      signing: 'hmac-sha256',
      authentication: { type: 'signature' },
      headers: {},
      clientCertificate: null,
      ca: null,
      timeoutSeconds: 10,
      retrySchedule: [30, 120, 600, 3600, 21_600],
      rateLimit: null,
      fallbackUrl: null,
      autoPauseAfter: 5,
      delivery: { mode: 'single' },
      ordering: 'none',
      tracing: false,
      status: 'active',
      health: 'idle',
      pause: null,
      consecutiveFailures: 0,
      metadata: {},
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: expect.any(String),
      secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    });
  });

  it('keeps every setting that was chosen', async () => {
    const settings = {
      description: 'Production',
      events: ['session.scored', '*'],
      scopes: { packageIds: ['pkg_1', 'pkg_2'], dispatchIds: ['dsp_1'] },
      format: 'allureconnect',
      headers: { 'X-Environment': 'production' },
      timeoutSeconds: 30,
      retrySchedule: [1, 86_400],
      rateLimit: 50,
      fallbackUrl: 'https://example.org/fallback',
      autoPauseAfter: 0,
      delivery: { mode: 'single' },
      ordering: 'session',
      metadata: { team: 'compliance', tier: 2, live: true },
    };
    const { id, secret: _, ...registered } = await register(settings);
    expect(registered).toMatchObject(settings);
    expect((await tenant.api.get(`/v1/webhooks/${id}`)).body).toEqual({ id, ...registered });
  });

  it('may set a retry schedule of its own, of 1 to 20 delays of 1 s to 24 h', async () => {
    for (const retrySchedule of [[1], [86_400], Array.from({ length: 20 }, (_, i) => i + 1)]) {
      const { status, body } = await tenant.api.post('/v1/webhooks', {
        url: URL,
        events: EVENTS,
        retrySchedule,
      });
      expect([status, body.retrySchedule]).toEqual([201, retrySchedule]);
    }
    const tooMany = Array.from({ length: 21 }, () => 1);
    for (const retrySchedule of [[], [0], [86_401], [1.5], tooMany]) {
      const { status } = await tenant.api.post('/v1/webhooks', {
        url: URL,
        events: EVENTS,
        retrySchedule,
      });
      expect(status, JSON.stringify(retrySchedule)).toBe(422);
    }
  });

  it('starts paused where that is asked for', async () => {
    const webhook = await register({ status: 'paused' });
    expect(webhook.status).toBe('paused');
    expect(webhook.pause).toEqual({ reason: 'manual', at: expect.any(String), lastError: null });
  });

  it('shows the secret this once, also one that the customer brings', async () => {
    const { id, secret } = await register({ secret: 'my-own-secret' });
    expect(secret).toBe('my-own-secret');
    expect((await tenant.api.get(`/v1/webhooks/${id}`)).body).not.toHaveProperty('secret');
  });

  it('never shows passwords, tokens or the values of sensitive headers again', async () => {
    const authentication = { type: 'basic', username: 'lrs', password: 'pass-w0rd' };
    const headers = { 'X-Api-Key': 'hush-hush', 'X-Plain': 'plain' };
    const basic = await register({ authentication, headers });
    expect(basic.authentication).toEqual({ type: 'basic', username: 'lrs' });
    expect(basic.headers).toEqual({ 'X-Api-Key': '[redacted]', 'X-Plain': 'plain' });
    const bearer = await register({ authentication: { type: 'bearer', token: 'tok-123' } });
    expect(bearer.authentication).toEqual({ type: 'bearer' });
    const all = JSON.stringify((await tenant.api.get('/v1/webhooks')).body);
    expect(all).not.toMatch(/pass-w0rd|hush-hush|tok-123|whsec_/);
  });

  it('stores secrets, passwords and headers encrypted', async () => {
    await register({
      secret: 'visible-secret',
      authentication: { type: 'bearer', token: 'visible-token' },
      headers: { 'X-Environment': 'visible-header' },
    });
    const rows = await api.database.query('SELECT w::text AS row FROM webhooks w');
    expect(JSON.stringify(rows)).not.toContain('visible');
  });

  it.each([
    ['url', { url: undefined }],
    ['url', { url: null }],
    ['url', { url: 'http://example.com/plain' }],
    ['url', { url: 'https://10.0.0.1/' }],
    ['url', { url: 'https://169.254.169.254/latest/meta-data' }],
    ['url', { url: 'https://user:password@example.com/' }],
    ['url', { url: 'not a url' }],
    ['fallbackUrl', { fallbackUrl: 'https://192.168.1.1/' }],
    ['events', { events: undefined }],
    ['events', { events: [] }],
    ['events', { events: ['session.completed', 'session.completed'] }],
    ['events[1]', { events: ['session.completed', 'session.exploded'] }],
    ['events', { events: 'session.completed' }],
    ['format', { format: 'carrier-pigeon' }],
    ['scopes.packageIds', { scopes: { packageIds: [''] } }],
    ['scopes.packageIds', { scopes: { packageIds: ['x'.repeat(256)] } }],
    ['scopes.courseIds', { scopes: { courseIds: ['c'] } }],
    ['secret', { secret: 'short' }],
    ['secret', { secret: 'whsec_not base64 at all' }],
    ['authentication.type', { authentication: { type: 'oauth' } }],
    ['authentication.password', { authentication: { type: 'basic', username: 'u' } }],
    [
      'authentication.username',
      { authentication: { type: 'basic', username: 'a:b', password: 'p' } },
    ],
    ['authentication.token', { authentication: { type: 'bearer', token: 'a\nb' } }],
    ['authentication.token', { authentication: { type: 'none', token: 't' } }],
    ['headers.Host', { headers: { Host: 'evil.example' } }],
    ['headers.webhook-id', { headers: { 'webhook-id': 'x' } }],
    ['headers.X-A', { headers: { 'X-A': 'a\r\nX-B: b' } }],
    ['headers.X-A', { headers: { 'X-A': 7 } }],
    ['headers.X-Token', { headers: { 'X-Token': '[redacted]' } }],
    [
      'headers',
      { headers: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`X-${i}`, ''])) },
    ],
    ['timeoutSeconds', { timeoutSeconds: 0 }],
    ['timeoutSeconds', { timeoutSeconds: 31 }],
    ['timeoutSeconds', { timeoutSeconds: '10' }],
    ['timeoutSeconds', { timeoutSeconds: null }],
    ['retrySchedule', { retrySchedule: [] }],
    ['retrySchedule', { retrySchedule: [0] }],
    ['retrySchedule', { retrySchedule: [86_401] }],
    ['retrySchedule', { retrySchedule: [1.5] }],
    ['retrySchedule', { retrySchedule: Array.from({ length: 21 }, () => 1) }],
    ['rateLimit', { rateLimit: 0 }],
    ['autoPauseAfter', { autoPauseAfter: -1 }],
    ['delivery.mode', { delivery: { mode: 'batch', maxEvents: 100, intervalSeconds: 60 } }],
    ['delivery.maxEvents', { delivery: { mode: 'single', maxEvents: 5 } }],
    ['ordering', { ordering: 'package' }],
    ['status', { status: 'disabled' }],
    ['metadata.nested', { metadata: { nested: { a: 1 } } }],
    ['description', { description: 'x'.repeat(1025) }],
    ['colour', { colour: 'blue' }],
  ])('is refused with 422 naming %s for %j', async (path, settings) => {
    const { status, body } = await tenant.api.post('/v1/webhooks', {
      url: URL,
      events: EVENTS,
      ...settings,
    });
    expect(status).toBe(422);
    expect(body.code).toBe('validation_failed');
    expect(body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
  });

  it('names every fault at once', async () => {
    const { body } = await tenant.api.post('/v1/webhooks', { timeoutSeconds: 99, colour: 'blue' });
    expect(body.errors).toEqual([
      { path: 'colour', message: 'is not a field of this request' },
      { path: 'url', message: 'is required' },
      { path: 'events', message: 'is required' },
      { path: 'timeoutSeconds', message: 'must not be greater than 30' },
    ]);
  });

  it('stops at the limit of the tenant, also when many register at once', async () => {
    await api.platform.patch(`/v1/tenants/${tenant.tenantId}`, { webhookLimit: 3 });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        tenant.api.post('/v1/webhooks', { url: URL, events: EVENTS }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([
      201, 201, 201, 409, 409, 409, 409, 409,
    ]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body.code).toBe('webhook_limit_reached');
    expect(refused.body.detail).toContain('3 webhooks');
    const [first] = (await tenant.api.get('/v1/webhooks')).body.data;
    await tenant.api.delete(`/v1/webhooks/${first.id}`);
    expect((await tenant.api.post('/v1/webhooks', { url: URL, events: EVENTS })).status).toBe(201);
  });

  it('allows 100 webhooks unless the tenant has another limit', async () => {
    const { body } = await api.platform.get(`/v1/tenants/${tenant.tenantId}`);
    expect(body.webhookLimit).toBe(100);
  });
});

describe('changing a webhook', () => {
  const storedHeaders = async (): Promise<unknown> => {
    const [row] = await api.database.query<{ headers: string }>(
      'SELECT headers FROM webhooks WHERE tenant_id = $1',
      [tenant.tenantUuid],
    );
    return JSON.parse(api.db.secretBox.decrypt(row!.headers));
  };

  it('touches what is given and nothing else', async () => {
    const { secret: _, ...before } = await register({
      scopes: { packageIds: ['pkg_1'], dispatchIds: ['dsp_1'] },
      headers: { Authorization: 'Bearer 123' },
    });
    const { status, body } = await tenant.api.patch(`/v1/webhooks/${before.id}`, {
      description: 'renamed',
      scopes: { packageIds: [] },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      ...before,
      description: 'renamed',
      scopes: { packageIds: [], dispatchIds: ['dsp_1'] },
      updatedAt: body.updatedAt,
    });
    expect(Date.parse(body.updatedAt)).toBeGreaterThan(Date.parse(before.updatedAt));
  });

  it('gives the dispatchers a new version', async () => {
    const { id } = await register();
    await tenant.api.patch(`/v1/webhooks/${id}`, { timeoutSeconds: 3 });
    const rows = await api.database.query('SELECT version FROM webhooks WHERE tenant_id = $1', [
      tenant.tenantUuid,
    ]);
    expect(rows).toEqual([{ version: 2 }]);
  });

  it('keeps the value of a sensitive header whose mask comes back', async () => {
    const { id, headers } = await register({ headers: { 'X-Token': 'hush', 'X-Env': 'a' } });
    await tenant.api.patch(`/v1/webhooks/${id}`, { headers: { ...headers, 'X-Env': 'b' } });
    expect(await storedHeaders()).toEqual({ 'X-Token': 'hush', 'X-Env': 'b' });
    await tenant.api.patch(`/v1/webhooks/${id}`, { headers: { 'x-tOKEN': headers['X-Token'] } });
    expect(await storedHeaders()).toEqual({ 'x-tOKEN': 'hush' });
  });

  it('refuses the mask of a header value that there is not', async () => {
    const headers = { 'X-Token': 'hush', 'X-Env': '[redacted]' };
    const { id } = await register({ headers });
    const masks = { 'X-Token': '[redacted]', 'X-Api-Key': '[redacted]' };
    const changed = await tenant.api.patch(`/v1/webhooks/${id}`, { headers: masks });
    expect([changed.status, changed.body.errors]).toMatchObject([
      422,
      [{ path: 'headers.X-Api-Key' }],
    ]);
    expect(await storedHeaders()).toEqual(headers);
  });

  it('clears what can be empty with null', async () => {
    const { id } = await register({ rateLimit: 5, fallbackUrl: 'https://example.org/' });
    const { body } = await tenant.api.patch(`/v1/webhooks/${id}`, {
      rateLimit: null,
      fallbackUrl: null,
    });
    expect(body).toMatchObject({ rateLimit: null, fallbackUrl: null });
  });

  it('loses no change when two come at once', async () => {
    const { id } = await register();
    const changes = [
      { timeoutSeconds: 7 },
      { description: 'both' },
      { rateLimit: 9 },
      { metadata: { a: 'b' } },
    ];
    const answers = await Promise.all(
      changes.map((change) => tenant.api.patch(`/v1/webhooks/${id}`, change)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const { body } = await tenant.api.get(`/v1/webhooks/${id}`);
    expect(body).toMatchObject(Object.assign({}, ...changes));
  });

  it.each([
    [{ url: null }],
    [{ secret: 'a secret is rotated instead' }],
    [{ events: [] }],
    [{ url: 'https://127.0.0.1:80/' }],
    [{ id: 'wh_01jcfpwpg0fgx9p79fda74r401' }],
    [{ tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401' }],
  ])('is refused for %j', async (change) => {
    const { id } = await register();
    expect((await tenant.api.patch(`/v1/webhooks/${id}`, change)).status).toBe(422);
  });
});

describe('the list of webhooks', () => {
  it('is newest first, page by page, and stays so while webhooks come and go', async () => {
    const made = [];
    for (let i = 0; i < 7; i++) made.unshift((await register()).id);
    const first = (await tenant.api.get('/v1/webhooks?limit=3')).body;
    const arrived = await register();
    await tenant.api.delete(`/v1/webhooks/${made[3]}`);
    const second = (await tenant.api.get(`/v1/webhooks?limit=3&cursor=${first.nextCursor}`)).body;
    const third = (await tenant.api.get(`/v1/webhooks?limit=3&cursor=${second.nextCursor}`)).body;
    const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);
    expect(ids(first)).toEqual(made.slice(0, 3));
    expect(ids(second)).toEqual(made.slice(4, 7));
    expect(second.nextCursor ?? third?.nextCursor ?? null).toBeNull();
    expect(ids((await tenant.api.get('/v1/webhooks')).body)[0]).toBe(arrived.id);
  });

  it('ends exactly where it ends', async () => {
    await register();
    await register();
    expect((await tenant.api.get('/v1/webhooks?limit=2')).body.nextCursor).toBeNull();
    expect((await tenant.api.get('/v1/webhooks?limit=1')).body.nextCursor).not.toBeNull();
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=x',
    'limit=1.5',
    'cursor=x',
    'cursor=',
    'page=2',
    'limit=1&limit=2',
  ])('refuses ?%s with 422', async (query) => {
    expect((await tenant.api.get(`/v1/webhooks?${query}`)).status).toBe(422);
  });
});

describe('deleting a webhook', () => {
  it('makes every path of it 404', async () => {
    const { id } = await register();
    expect((await tenant.api.delete(`/v1/webhooks/${id}`)).status).toBe(204);
    const path = `/v1/webhooks/${id}`;
    const answers = await Promise.all([
      tenant.api.get(path),
      tenant.api.patch(path, { description: 'x' }),
      tenant.api.delete(path),
      tenant.api.post(`${path}/pause`),
      tenant.api.post(`${path}/resume`),
      tenant.api.get(`${path}/secret`),
      tenant.api.post(`${path}/secret/rotate`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    expect((await tenant.api.get('/v1/webhooks')).body.data).toEqual([]);
  });

  it.each([
    'wh_0',
    'evt_01jcfpwpg0fgx9p79fda74r401',
    'wh_01jcfpwpg0fgx9p79fda74r401',
    '%20',
    'x'.repeat(90),
  ])('answers 404 for the id %s', async (id) => {
    expect((await tenant.api.get(`/v1/webhooks/${id}`)).body.code).toBe('not_found');
  });
});

describe('the secret of a webhook', () => {
  it('is shown to whoever may read secrets', async () => {
    const { id, secret } = await register();
    const { status, body } = await tenant.api.get(`/v1/webhooks/${id}/secret`);
    expect(status).toBe(200);
    expect(body).toEqual({ current: secret });
  });

  it('is rotated with a day of overlap', async () => {
    const { id, secret } = await register();
    const { status, body } = await tenant.api.post(`/v1/webhooks/${id}/secret/rotate`);
    expect(status).toBe(200);
    expect(body.current).toMatch(/^whsec_/);
    expect(body.current).not.toBe(secret);
    expect(body.previous).toBe(secret);
    const inADay = Date.now() + 86_400_000;
    expect(Math.abs(Date.parse(body.previousExpiresAt) - inADay)).toBeLessThan(10_000);
    expect((await tenant.api.get(`/v1/webhooks/${id}/secret`)).body).toEqual(body);
  });

  it('is rotated at once with no overlap, also to one that the customer brings', async () => {
    const { id } = await register();
    const { body } = await tenant.api.post(`/v1/webhooks/${id}/secret/rotate`, {
      overlapSeconds: 0,
      secret: 'brought-along',
    });
    expect(body).toEqual({ current: 'brought-along' });
  });

  it('hides the previous one once the overlap is over', async () => {
    const { id } = await register();
    const { body } = await tenant.api.post(`/v1/webhooks/${id}/secret/rotate`, {
      overlapSeconds: 1,
    });
    expect(body.previous).toBeDefined();
    await api.database.query(
      `UPDATE webhooks SET previous_secret_expires_at = now() - interval '1 second' WHERE tenant_id = $1`,
      [tenant.tenantUuid],
    );
    const after = (await tenant.api.get(`/v1/webhooks/${id}/secret`)).body;
    expect(after).toEqual({ current: body.current });
  });

  it.each([
    [{ overlapSeconds: -1 }],
    [{ overlapSeconds: 604_801 }],
    [{ secret: 'short' }],
    [{ x: 1 }],
  ])('is not rotated with %j', async (body) => {
    const { id } = await register();
    expect((await tenant.api.post(`/v1/webhooks/${id}/secret/rotate`, body)).status).toBe(422);
  });
});
