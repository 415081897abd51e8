import { toTypeId } from '@schoolbell/delivery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, seedKey } from '../support/index.js';
import {
  bodyExampleOf,
  isResource,
  type OpenApiOperation,
  openApiOf,
  operationsOf,
  resourceOf,
} from './support/openapi.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';
import { acceptEvents } from './support/waiting-deliveries.js';

/** Of a name that is in no example of the docs. */
const EVENT_TYPE = { type: 'theirs.only', description: 'Theirs.', schema: true, example: {} };

let api: ApiUnderTest;
let owner: TenantUnderTest;
let intruder: TenantUnderTest;
let operations: OpenApiOperation[];
/** An id of the owner's for every kind of path. */
let ids: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  operations = operationsOf(await openApiOf(api)).filter(isResource);
  owner = await api.addTenant();
  intruder = await api.addTenant();
  const settings = { url: 'https://example.com/', events: ['*'] };
  const webhook = (await owner.api.post('/v1/webhooks', settings)).body;
  const old = { url: settings.url, event_type: 'session.completed' };
  const session = { sessionId: 'session of theirs', packageId: 'pkg', learnerId: 'lrn' };
  await owner.api.post('/v1/scorm/launches', session);
  const key = { name: 'Theirs', permissions: ['events:read'] };
  const apiKey = (await owner.api.post('/v1/api-keys', key)).body;
  await acceptEvents(api, owner, 2);
  const [row] = await api.database.query<{ id: string; event_id: string }>(
    'SELECT id, event_id FROM deliveries LIMIT 1',
  );
  ids = {
    webhooks: webhook.id,
    'scorm-api': (await owner.api.post('/api/v1/webhooks', old)).body.id,
    'api-keys': apiKey.id,
    tenants: owner.tenantId,
    'event-types': (await owner.api.post('/v1/event-types', EVENT_TYPE)).body.name,
    deliveries: toTypeId('delivery', row!.id),
    events: toTypeId('event', row!.event_id),
    scorm: session.sessionId,
    operations: await startOperation(),
  };
});
afterAll(() => api.stop());

/** One that is never done, since nobody dispatches. */
async function startOperation(): Promise<string> {
  await api.database.query(
    `UPDATE deliveries SET status = 'dead', dead_at = now() WHERE id =
       (SELECT id FROM deliveries WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1)`,
    [owner.tenantUuid],
  );
  return (await owner.api.post('/v1/dead-letters/retry')).body.id;
}

const snapshot = () =>
  api.database.query(
    `SELECT (SELECT json_agg(w ORDER BY id) FROM webhooks w WHERE tenant_id = $1) AS webhooks,
            (SELECT json_agg(k ORDER BY id) FROM (SELECT id, revoked_at, permissions FROM api_keys
               WHERE tenant_id = $1) k) AS keys,
            (SELECT json_agg(d ORDER BY id) FROM deliveries d WHERE tenant_id = $1) AS deliveries,
            (SELECT count(*)::int FROM events WHERE tenant_id = $1) AS events,
            (SELECT json_agg(d ORDER BY delivery_id) FROM due_deliveries d WHERE tenant_id = $1) AS due,
            (SELECT json_agg(o ORDER BY id) FROM operations o WHERE tenant_id = $1) AS operations,
            (SELECT json_agg(t ORDER BY id) FROM event_types t WHERE tenant_id = $1) AS event_types,
            (SELECT json_agg(t) FROM tenants t WHERE id = $1) AS tenant`,
    [owner.tenantUuid],
  );

const call = (operation: OpenApiOperation, key: string, headers: Record<string, string> = {}) => {
  const resource = resourceOf(operation.path);
  const path = operation.path.replace(/\{\w+\}/, ids[resource] ?? `no id for ${resource}`);
  const client = apiClient(api.url, key, headers);
  switch (operation.method) {
    case 'GET':
      return client.get(path);
    case 'DELETE':
      return client.delete(path);
    case 'PATCH':
      return client.patch(path, bodyExampleOf(operation));
    default:
      return client.post(path, bodyExampleOf(operation) ?? {});
  }
};

describe('another tenant’s key', () => {
  it('finds nothing behind any id, and changes nothing', async () => {
    const before = await snapshot();
    const withId = operations.filter(({ path }) => path.includes('{'));
    expect(withId.length).toBeGreaterThan(8);
    for (const operation of withId) {
      const { status } = await call(operation, intruder.tenantKey);
      expect([403, 404], `${operation.method} ${operation.path}`).toContain(status);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('cannot name the tenant, on any path', async () => {
    const before = await snapshot();
    for (const operation of operations) {
      const { status } = await call(operation, intruder.tenantKey, {
        'X-Tenant-Id': owner.tenantId,
      });
      const name = `${operation.method} ${operation.path}`;
      const isCatalogue = operation['x-permission'] === 'any';
      expect(isCatalogue ? [200, 403] : [403], name).toContain(status);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('sees none of it in any list', async () => {
    const lists = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
    for (const operation of lists) {
      const { body } = await call(operation, intruder.tenantKey);
      const text = JSON.stringify(body);
      for (const id of Object.values(ids)) expect(text, operation.path).not.toContain(id);
    }
  });
});

describe('a platform key that names another tenant', () => {
  it('finds nothing behind ids of this one', async () => {
    const before = await snapshot();
    const platformKey = await seedKey(api.database);
    const withId = operations.filter(
      ({ path, ...operation }) => path.includes('{') && operation['x-permission'] !== 'platform',
    );
    for (const operation of withId) {
      const { status } = await call(operation, platformKey, { 'X-Tenant-Id': intruder.tenantId });
      expect(status, `${operation.method} ${operation.path}`).toBe(404);
    }
    expect(await snapshot()).toEqual(before);
  });
});

describe('a key without any permission', () => {
  it('is refused by every operation that needs one', async () => {
    const key = await seedKey(api.database, { tenantUuid: owner.tenantUuid, permissions: [] });
    const before = await snapshot();
    for (const operation of operations.filter((o) => o['x-permission'] !== 'any')) {
      const { status, body } = await call(operation, key);
      expect([status, body.code], `${operation.method} ${operation.path}`).toEqual([
        403,
        'permission_denied',
      ]);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('is told apart from nobody at all: no key is 401 everywhere', async () => {
    for (const operation of operations) {
      const { status } = await call(operation, 'sbk_nobody');
      expect(status, `${operation.method} ${operation.path}`).toBe(401);
    }
  });
});
