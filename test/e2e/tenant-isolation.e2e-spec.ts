import { OperationSteps } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedKey } from '../support/index.js';
import { addUser } from './support/accounts.js';
import { callOperation, type SentToOperation } from './support/call-operation.js';
import { CREDENTIALS } from './support/credentials.js';
import { bodiesWith, idParametersOf } from './support/foreign-ids.js';
import {
  isResource,
  type OpenApiDocument,
  type OpenApiOperation,
  openApiOf,
  operationsOf,
  resourceOf,
} from './support/openapi.js';
import { snapshotOf } from './support/snapshot-of-tenant.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';
import { fillTenant, type IdsOfTenant } from './support/tenant-with-everything.js';

let api: ApiUnderTest;
let owner: TenantUnderTest;
let document: OpenApiDocument;
let operations: OpenApiOperation[];
let ids: IdsOfTenant;

beforeAll(async () => {
  api = await startApi();
  document = await openApiOf(api);
  operations = operationsOf(document).filter(isResource);
  owner = await api.addTenant();
  ids = await fillTenant(api, owner);
});
afterAll(() => api.stop());

const snapshot = () => snapshotOf(api.database, owner.tenantUuid);
const hasId = ({ path }: OpenApiOperation): boolean => path.includes('{');
const nameOf = ({ method, path }: OpenApiOperation): string => `${method} ${path}`;
const pathWith = ({ path }: OpenApiOperation, id: string): string =>
  path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
/** The path of an operation with the known id of its thing. */
const pathOf = (operation: OpenApiOperation, known: IdsOfTenant): string => {
  const resource = resourceOf(operation.path);
  if (!hasId(operation)) return operation.path;
  if (!known[resource]) throw new Error(`tenant-with-everything.ts has no id for ${resource}.`);
  return pathWith(operation, known[resource]);
};

const call = (operation: OpenApiOperation, path: string, key: string, sent?: SentToOperation) =>
  callOperation(api.url, operation, path, key, sent);

const withEach = (some: IdsOfTenant, attempt: (id: string) => Promise<void>) =>
  Promise.all(Object.values(some).map(attempt));

/** What an id in a body may refer to. */
const IN_BODIES = ['tenants', 'webhooks', 'deliveries', 'events', 'scorm', 'learners', 'users'];

/** An answer contains nothing of the owner's, except an id that was asked for, which a problem may repeat. */
const expectNothingOfTheirs = (body: unknown, name: string, asked?: string): void => {
  const text = JSON.stringify(body) ?? '';
  const others = Object.values(ids).filter((id) => id !== asked);
  for (const id of others) expect(text.includes(id), `${id} in the answer to ${name}`).toBe(false);
};

describe.each(Object.entries(CREDENTIALS))('another tenant’s %s', (_kind, credentialsOf) => {
  let key: string;
  let ownIds: IdsOfTenant;
  beforeAll(async () => {
    const intruder = await api.addTenant();
    key = await credentialsOf(api, intruder);
    ownIds = await fillTenant(api, intruder);
  });

  it('finds nothing behind an id of any kind, on any path, and changes nothing', async () => {
    const before = await snapshot();
    const withId = operations.filter(hasId);
    expect(withId.length).toBeGreaterThan(20);
    for (const operation of withId) {
      expect(ids, nameOf(operation)).toHaveProperty([resourceOf(operation.path)]);
      await withEach(ids, async (id) => {
        const { status, body } = await call(operation, pathWith(operation, id), key);
        expect([403, 404], `${nameOf(operation)} with ${id}`).toContain(status);
        expectNothingOfTheirs(body, nameOf(operation), id);
      });
    }
    expect(await snapshot()).toEqual(before);
  });

  it('cannot name the tenant, on any path', async () => {
    const before = await snapshot();
    const headers = { 'X-Tenant-Id': owner.tenantId };
    for (const operation of operations) {
      const { status } = await call(operation, pathOf(operation, ids), key, { headers });
      const isCatalogue = operation['x-permission'] === 'any';
      expect(isCatalogue ? [200, 403] : [403], nameOf(operation)).toContain(status);
    }
    expect(await snapshot()).toEqual(before);
  });

  it('sees none of it in any list, also where a list of theirs goes on', async () => {
    const lists = operations.filter((one) => one.method === 'GET' && !hasId(one));
    for (const operation of lists) {
      const own = await call(operation, operation.path, key);
      expect(own.status, operation.path).not.toBe(401);
      expectNothingOfTheirs(own.body, operation.path);
      const theirs = await owner.api.get(`${operation.path}?limit=1`);
      if (!theirs.body?.nextCursor) continue;
      const goingOn = `${operation.path}?cursor=${encodeURIComponent(theirs.body.nextCursor)}`;
      expectNothingOfTheirs((await call(operation, goingOn, key)).body, goingOn);
    }
  });

  it('finds nothing by an id of any kind, in any filter', async () => {
    const filtered = operations.filter(
      (one) => one.method === 'GET' && idParametersOf(one).length > 0,
    );
    expect(filtered.length).toBeGreaterThan(3);
    for (const operation of filtered) {
      for (const parameter of idParametersOf(operation)) {
        await withEach(ids, async (id) => {
          const path = `${pathOf(operation, ownIds)}?${parameter}=${encodeURIComponent(id)}`;
          const { status, body } = await call(operation, path, key);
          // So many changes at once may be too many for the stream, which also reports the tenant's own operations.
          const isStream = operation.path.includes('/stream/');
          const expected = [200, 400, 403, 404, 422, ...(isStream ? [429] : [])];
          expect(expected, path).toContain(status);
          if (status === 200 && !isStream) expect(body.data, path).toEqual([]);
          expectNothingOfTheirs(body, path, id);
        });
      }
    }
  });

  it('changes nothing by an id of any kind, in any body', async () => {
    await api.database.query(`UPDATE operations SET status = 'cancelled'`);
    const before = await snapshot();
    let tried = 0;
    for (const operation of operations.filter(({ method }) => method !== 'GET')) {
      for (const id of IN_BODIES.map((kind) => ids[kind]!)) {
        for (const body of bodiesWith(document, operation, id)) {
          const path = pathOf(operation, ownIds);
          const { status } = await call(operation, path, key, { body });
          const name = `${nameOf(operation)} with ${JSON.stringify(body)}`;
          expect(status, name).not.toBe(401);
          expect(status, name).toBeLessThan(500);
          tried += 1;
        }
      }
    }
    expect(tried).toBeGreaterThan(100);
    const steps = new OperationSteps(api.db);
    while (await steps.next()) continue;
    expect(await snapshot()).toEqual(before);
  });
});

/** The platform's credentials, which allow everything that it may do. */
const OF_PLATFORM: [string, () => Promise<string>][] = [
  ['key of the platform', async () => seedKey(api.database)],
  ['user of the platform', async () => (await addUser(api, null, 'platform_admin')).accessToken],
];

describe.each(OF_PLATFORM)('a %s that names another tenant', (_kind, credential) => {
  it('finds nothing behind ids of this one', async () => {
    const before = await snapshot();
    const headers = { 'X-Tenant-Id': (await api.addTenant()).tenantId };
    const key = await credential();
    const ofTenants = operations.filter(
      (one) => hasId(one) && !/^(platform.*|user)$/.test(one['x-permission']),
    );
    for (const operation of ofTenants) {
      const { status } = await call(operation, pathOf(operation, ids), key, { headers });
      expect(status, nameOf(operation)).toBe(404);
    }
    expect(await snapshot()).toEqual(before);
  });
});

describe('a key without any permission', () => {
  it('is refused by every operation that needs one', async () => {
    const key = await seedKey(api.database, { tenantUuid: owner.tenantUuid, permissions: [] });
    // Refused posts are recorded a little later.
    const rest = { event_rejections: null, event_rejection_subjects: null };
    const before = { ...(await snapshot()), ...rest };
    for (const operation of operations.filter((o) => o['x-permission'] !== 'any')) {
      const { status, body } = await call(operation, pathOf(operation, ids), key);
      expect([status, body.code], nameOf(operation)).toEqual([403, 'permission_denied']);
    }
    expect({ ...(await snapshot()), ...rest }).toEqual(before);
  });

  it('is told apart from nobody at all: no key is 401 everywhere', async () => {
    for (const operation of operations) {
      const { status } = await call(operation, pathOf(operation, ids), 'sbk_nobody');
      expect(status, nameOf(operation)).toBe(401);
    }
  });
});
