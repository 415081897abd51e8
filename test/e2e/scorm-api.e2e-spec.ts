import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
// @ts-expect-error: JavaScript, as customers have it
import { POST } from '../../docs/examples/scorm-api/receiver.mjs';
import {
  apiClient,
  type ApiClient,
  eventually,
  type ReceivedRequest,
  seedTenant,
} from '../support/index.js';
import { SharedWorld } from '../support/world.js';

const EXAMPLES = join(import.meta.dirname, '..', '..', 'docs', 'examples', 'scorm-api');
const run = promisify(execFile);

/** The ids that the guide shows. */
const OLD_TENANT_ID = '550e8400-e29b-41d4-a716-446655440000';
const SECRET = 'your-webhook-secret';

const PROCESSED = {
  type: 'package.processing.completed',
  data: { packageId: 'pkg_abc123', title: 'Introduction to Safety Training', version: '1.2' },
};
const LAUNCHED = {
  type: 'session.launched',
  data: { sessionId: 'session_abc123', packageId: 'pkg_abc123', learnerId: 'user_xyz789' },
};

const world = new SharedWorld();

/** A tenant of this test alone: how it calls the API, and how the platform reports its events. */
let tenant: { id: string; uuid: string; key: string; api: ApiClient; platform: ApiClient };

beforeEach(async () => {
  const { apiUrl, database, platformKey } = world.schoolbell;
  const { tenantId, tenantUuid, tenantKey } = await seedTenant(database);
  tenant = {
    id: tenantId,
    uuid: tenantUuid,
    key: tenantKey,
    api: apiClient(apiUrl, undefined, { 'X-API-Key': tenantKey }),
    platform: apiClient(apiUrl, platformKey, { 'X-Tenant-Id': tenantId }),
  };
});
afterEach(() => vi.unstubAllEnvs());

const register = async (settings: object = {}) => {
  const body = { url: world.receiver.url, event_type: PROCESSED.type, ...settings };
  return tenant.api.post('/api/v1/webhooks', body);
};
const comesFromTheScormApi = (uuid: string | null) =>
  tenant.platform.patch(`/v1/tenants/${tenant.id}`, { scormApiTenantId: uuid });
const report = async (event: object) => {
  const { status, body } = await tenant.platform.post('/v1/events', event);
  expect(status, JSON.stringify(body)).toBe(202);
};
const sent = async (count = 1) => (await world.receiver.waitFor(count, 5_000))[count - 1]!;

describe('the commands of the SCORM API’s guide', () => {
  /** Runs one of the guide's commands with the customer's values, against this product. */
  const curl = async (file: string, id = '') => {
    const script = (await readFile(join(EXAMPLES, file), 'utf8'))
      .replace('https://scorm-api.allurelms.com', world.schoolbell.apiUrl)
      .replace('https://your-app.com/api/webhooks/scorm', world.receiver.url)
      .replace('your-api-key', tenant.key)
      .replace('webhook_abc123', id)
      .replace('curl ', String.raw`curl --silent --write-out '\n%{http_code}' `);
    const { stdout } = await run('bash', ['-c', script]);
    const [body = '', status] = stdout.split(/\n(?=\d{3}$)/);
    return { status: Number(status), body: JSON.parse(body) };
  };

  it('register a webhook, and its receiver verifies what comes as the guide says', async () => {
    await comesFromTheScormApi(OLD_TENANT_ID);
    const registered = await curl('register.sh');
    expect(registered).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^wh_/),
        tenant_id: OLD_TENANT_ID,
        url: world.receiver.url,
        event_type: 'package.processing.completed',
        is_active: true,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        event_types: ['package.processing.completed'],
      },
    });
    await report(PROCESSED);
    const request = await sent();
    expect(JSON.parse(request.body)).toMatchObject({
      event: 'package.processing.completed',
      tenant_id: OLD_TENANT_ID,
      data: { package_id: 'pkg_abc123', title: 'Introduction to Safety Training' },
    });
    expect(await verdictOfTheGuide(request, SECRET)).toBe(200);
    expect(await verdictOfTheGuide(request, 'another-secret')).toBe(401);
  });

  it('list its deliveries by the id of the answer', async () => {
    await comesFromTheScormApi(OLD_TENANT_ID);
    const { id } = (await curl('register.sh')).body;
    await report(PROCESSED);
    const { delivery_id } = JSON.parse((await sent()).body);
    const { status, body } = await eventually(async () => {
      const answer = await curl('deliveries.sh', id);
      return answer.body.deliveries[0].status === 'delivered' && answer;
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      deliveries: [
        {
          id: delivery_id,
          webhook_id: id,
          event_type: 'package.processing.completed',
          status: 'delivered',
          attempts: 1,
          response_status: 200,
          error: null,
          created_at: expect.any(String),
          delivered_at: expect.stringMatching(/Z$/),
        },
      ],
      next_cursor: null,
    });
    const [{ created_at, delivered_at }] = body.deliveries;
    expect(Date.parse(delivered_at)).toBeGreaterThanOrEqual(Date.parse(created_at));
  });
});

describe('a webhook that is registered as with the SCORM API', () => {
  it('is a webhook like any other: of the format scorm-api, with 30 seconds to answer', async () => {
    const { id } = (await register({ event_type: 'session.created' })).body;
    expect((await tenant.api.get(`/v1/webhooks/${id}`)).body).toMatchObject({
      format: 'scorm-api',
      events: ['session.launched'],
      timeoutSeconds: 30,
      status: 'active',
    });
  });

  it('gets several event types by the names that the SCORM API has for them', async () => {
    const event_types = ['session.created', 'session.completed'];
    const { status, body } = await register({ event_type: undefined, event_types });
    expect([status, body.event_type, body.event_types]).toEqual([
      201,
      'session.created',
      event_types,
    ]);
    await report(LAUNCHED);
    expect(JSON.parse((await sent()).body).event).toBe('session.created');
    const path = `/api/customer/webhooks/${body.id}/deliveries`;
    expect((await tenant.api.get(path)).body.deliveries[0].event_type).toBe('session.created');
  });

  it('shows the secret that was generated this once, and never one that was brought', async () => {
    const { id, secret } = (await register()).body;
    await report(PROCESSED);
    expect(await verdictOfTheGuide(await sent(), secret)).toBe(200);
    expect((await tenant.api.get(`/api/v1/webhooks/${id}`)).body).not.toHaveProperty('secret');
    expect((await register({ secret: SECRET })).body).not.toHaveProperty('secret');
  });

  it('is paused and resumed by is_active, and changed beside it', async () => {
    const { secret: _, ...registered } = (await register()).body;
    const path = `/api/v1/webhooks/${registered.id}`;
    const changes = { is_active: false, event_types: ['session.progress'] };
    const paused = await tenant.api.patch(path, changes);
    expect(paused.body).toEqual({ ...registered, ...changes, event_type: 'session.progress' });
    expect((await tenant.api.get(path)).body).toEqual(paused.body);
    const { status, pause } = (await tenant.api.get(`/v1/webhooks/${registered.id}`)).body;
    expect([status, pause.reason]).toEqual(['paused', 'manual']);
    expect((await tenant.api.patch(path, { is_active: true })).body.is_active).toBe(true);
    expect((await register({ is_active: false })).body.is_active).toBe(false);
  });

  it('is listed, newest first and page by page, until it is deleted', async () => {
    const [first, second] = [await register(), await register()].map(({ body }) => body.id);
    const page = async (query: string) => (await tenant.api.get(`/api/v1/webhooks${query}`)).body;
    const { webhooks, next_cursor } = await page('?limit=1');
    expect(webhooks).toMatchObject([{ id: second, tenant_id: tenant.id }]);
    const rest = await page(`?limit=1&cursor=${next_cursor}`);
    expect(rest).toMatchObject({ webhooks: [{ id: first }], next_cursor: null });
    expect((await tenant.api.delete(`/api/v1/webhooks/${first}`)).status).toBe(204);
    expect((await page('')).webhooks).toHaveLength(1);
    expect((await tenant.api.get(`/api/customer/webhooks/${first}/deliveries`)).status).toBe(404);
  });

  it('stands beside webhooks of other formats, which are not here but where they belong', async () => {
    const settings = { url: world.receiver.url, events: ['session.completed'] };
    const v1 = (format?: string) => tenant.api.post('/v1/webhooks', { ...settings, format });
    const other = (await v1()).body.id;
    const same = (await v1('scorm-api')).body.id;
    expect((await tenant.api.get('/api/v1/webhooks')).body.webhooks).toMatchObject([{ id: same }]);
    const path = `/api/v1/webhooks/${other}`;
    const answers = [
      await tenant.api.get(path),
      await tenant.api.patch(path, { is_active: false }),
      await tenant.api.delete(path),
      await tenant.api.get(`/api/customer/webhooks/${other}/deliveries`),
    ];
    for (const { status, body } of answers) {
      expect([status, body.error.code]).toEqual([404, 'not_found']);
      expect(body.error.message).toContain(`/v1/webhooks/${other}`);
    }
    expect((await tenant.api.get(`/v1/webhooks/${other}`)).body.status).toBe('active');
  });
});

describe('the tenant_id', () => {
  it('is the tenant’s own id, here and in deliveries, until it is set to the old UUID', async () => {
    const { tenant_id, id } = (await register({ tenant_id: tenant.id })).body;
    expect(tenant_id).toBe(tenant.id);
    await report(PROCESSED);
    expect(JSON.parse((await sent()).body).tenant_id).toBe(tenant.id);

    expect((await comesFromTheScormApi(OLD_TENANT_ID)).body.scormApiTenantId).toBe(OLD_TENANT_ID);
    await report(PROCESSED);
    expect(JSON.parse((await sent(2)).body).tenant_id).toBe(OLD_TENANT_ID);
    const { body } = await tenant.api.get(`/api/v1/webhooks/${id}`);
    expect(body.tenant_id).toBe(OLD_TENANT_ID);
  });

  it('may be left out, written in capitals, and of a tenant without an old UUID its own', async () => {
    expect((await register({ tenant_id: tenant.uuid })).body.tenant_id).toBe(tenant.id);
    await comesFromTheScormApi(OLD_TENANT_ID);
    for (const tenant_id of [undefined, OLD_TENANT_ID.toUpperCase()]) {
      expect((await register({ tenant_id })).body.tenant_id).toBe(OLD_TENANT_ID);
    }
  });

  it('of another tenant is 403, and nothing is registered or changed', async () => {
    const { id } = (await register()).body;
    await comesFromTheScormApi(OLD_TENANT_ID);
    for (const tenant_id of [tenant.id, world.schoolbell.tenantId, 'nonsense']) {
      const { status, body } = await register({ tenant_id });
      expect([status, body.code]).toEqual([403, 'tenant_mismatch']);
      const changed = { tenant_id, is_active: false };
      expect((await tenant.api.patch(`/api/v1/webhooks/${id}`, changed)).status).toBe(403);
    }
    const { webhooks } = (await tenant.api.get('/api/v1/webhooks')).body;
    expect(webhooks).toMatchObject([{ id, is_active: true }]);
  });

  it.each(['acme', '', 7])('of a tenant is a UUID, not %j', async (uuid) => {
    expect((await comesFromTheScormApi(uuid as string)).status).toBe(422);
  });
});

describe('an error of these paths', () => {
  it('has a code and a message under error, beside what every error has', async () => {
    const { status, headers, body } = await register({ event_type: 'session.scored' });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body).toMatchObject({
      code: 'validation_failed',
      error: { code: 'validation_failed', message: body.detail },
      errors: [{ path: 'event_type', message: expect.stringContaining('session.created') }],
    });
  });

  it.each([
    ['no event type', { event_type: undefined }, 'event_type'],
    ['two ways of naming them', { event_types: ['session.created'] }, 'event_type'],
    ['a name of /v1', { event_type: undefined, event_types: ['session.launched'] }, 'event_types'],
    ['an address of ours', { url: 'https://10.0.0.1/hook' }, 'url'],
    ['a short secret', { secret: 'short' }, 'secret'],
    ['an unknown field', { name: 'mine' }, 'name'],
  ])('is 422 for %s', async (_what, settings, path) => {
    const { status, body } = await register(settings);
    expect([status, body.errors?.[0].path]).toEqual([422, path]);
  });

  it('is so without a key and for unknown paths too', async () => {
    const stranger = apiClient(world.schoolbell.apiUrl);
    const codeOf = async (path: string) => (await stranger.get(path)).body.error.code;
    expect(await codeOf('/api/v1/webhooks')).toBe('unauthenticated');
    expect(await codeOf('/api/v1/packages')).toBe('route_not_found');
    expect((await stranger.get('/v1/webhooks')).body).not.toHaveProperty('error');
  });
});

/** The status with which the guide's receiver answers. */
async function verdictOfTheGuide(request: ReceivedRequest, secret: string): Promise<number> {
  vi.stubEnv('WEBHOOK_SECRET', secret);
  const headers = Object.entries(request.headers) as [string, string][];
  const init = { method: 'POST', headers, body: request.rawBody };
  const { status } = await POST(new Request('https://your-app.com/api/webhooks/scorm', init));
  return status;
}
