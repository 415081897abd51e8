import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../../apps/api/src/http/error-codes.js';
import {
  bodyExampleOf,
  isResource,
  type OpenApiOperation,
  openApiOf,
  operationsOf,
  resourceOf,
} from './support/openapi.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

const RUNS = 40;

let api: ApiUnderTest;
let tenant: TenantUnderTest;
let operations: OpenApiOperation[];
let ids: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
  // A test of a webhook waits for a dispatcher, which this API does not have.
  operations = operationsOf(await openApiOf(api)).filter(
    (operation) => isResource(operation) && !operation.path.endsWith('/test'),
  );
  const webhook = { url: 'https://example.com/', events: ['*'] };
  const old = { url: webhook.url, event_type: 'session.completed' };
  ids = {
    webhooks: (await tenant.api.post('/v1/webhooks', webhook)).body.id,
    'scorm-api': (await tenant.api.post('/api/v1/webhooks', old)).body.id,
    tenants: tenant.tenantId,
  };
  // The examples of the SCORM API name this tenant.
  const scormApiTenantId = '550e8400-e29b-41d4-a716-446655440000';
  await api.platform.patch(`/v1/tenants/${tenant.tenantId}`, { scormApiTenantId });
});
afterAll(() => api.stop());

/** Values that have broken servers before, beside ordinary ones. */
const nasty = fc.oneof(
  { weight: 4, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown> },
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom<unknown>(
    null,
    '',
    -1,
    0,
    1e308,
    -0.5,
    9_007_199_254_740_991,
    2_147_483_648,
    true,
    [],
    {},
    [[]],
    'x'.repeat(10_000),
    '\u0000',
    '\ud800',
    "'; DROP TABLE events; --",
    '../../etc/passwd',
    '${7*7}',
    'constructor',
    '0000-00-00T00:00:00Z',
    '+275760-09-13T00:00:00.001Z',
    'ten_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    { constructor: { prototype: {} } },
    { toString: 1, valueOf: 2, hasOwnProperty: 3 },
    JSON.parse('{"then":"x","toJSON":"y","length":-1}'),
  ),
);

/** The example of an operation with some of its fields, or of fields within, replaced or added. */
const spoiled = (example: object) =>
  fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...pathsOf(example)), fc.string()), nasty), {
      minLength: 1,
      maxLength: 3,
    })
    .map((changes) => {
      const body = structuredClone(example);
      for (const [path, value] of changes) place(body, path.split('.'), value);
      return body;
    });

const send = async (operation: OpenApiOperation, query: string, body?: string) => {
  const path = operation.path.replace('{id}', ids[resourceOf(operation.path)] ?? 'none');
  // Whoever could break something: the tenant itself, and the platform where only that may.
  const key = operation['x-permission'] === 'platform' ? api.platformKey : tenant.tenantKey;
  const response = await fetch(`${api.url}${path}${query}`, {
    method: operation.method,
    headers: {
      'X-API-Key': key,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
  return {
    status: response.status,
    text: await response.text(),
    name: `${operation.method} ${path}`,
  };
};

const expectCalm = ({ status, text, name }: Awaited<ReturnType<typeof send>>, input: string) => {
  expect(status, `${name} ${input}\n${text}`).toBeLessThan(500);
  if (status < 400) return;
  expect(ERROR_CODES, text).toHaveProperty(JSON.parse(text).code);
  expect(text).not.toMatch(/node_modules|\.ts:\d|at \w+ \(|prisma|postgres|SELECT /i);
};

describe('whatever a body, a query or a path holds', () => {
  it('the answer is never a 5xx and never says how it is built: bodies', async () => {
    for (const operation of operations.filter(({ requestBody }) => requestBody)) {
      const example = bodyExampleOf(operation) as object;
      await fc.assert(
        fc.asyncProperty(spoiled(example), async (body) => {
          const text = JSON.stringify(body);
          expectCalm(await send(operation, '', text), text.slice(0, 500));
        }),
        { numRuns: RUNS },
      );
    }
  }, 120_000);

  it('… bodies that are any text or bytes', async () => {
    const bytes = fc
      .uint8Array({ maxLength: 200 })
      .map((array) => Buffer.from(array).toString('latin1'));
    for (const operation of operations.filter(({ requestBody }) => requestBody)) {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.json(), bytes), async (body) => {
          expectCalm(await send(operation, '', body), body);
        }),
        { numRuns: 15 },
      );
    }
  }, 120_000);

  it('… queries', async () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.constantFrom('0', '-1', '1e9', 'NaN', '\u0000', 'null', '[]', '2026-13-45T99:99:99Z'),
    );
    for (const operation of operations.filter(({ method }) => method === 'GET')) {
      const names = operation.parameters.filter((p) => p.in === 'query').map(({ name }) => name);
      const name = fc.oneof(fc.constantFrom('x', ...names), fc.string({ maxLength: 10 }));
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(name, value), { maxLength: 3 }), async (pairs) => {
          const query = pairs.map((pair) => pair.map(encoded).join('=')).join('&');
          expectCalm(await send(operation, `?${query}`), query);
        }),
        { numRuns: RUNS },
      );
    }
  }, 120_000);

  it('… ids and headers', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.constantFrom(...Object.keys(ids), 'events', 'deliveries'),
        async (id, of) => {
          const list = of === 'scorm-api' ? '/api/v1/webhooks' : `/v1/${of}`;
          const answer = await tenant.api.get(`${list}/${encoded(id)}`);
          expect(answer.status, id).toBeLessThan(500);
          const header = encoded(id);
          const headers = {
            'X-Tenant-Id': header,
            'X-Request-Id': header,
            'Idempotency-Key': header,
          };
          expect((await tenant.api.get('/v1/webhooks', headers)).status).toBe(403);
        },
      ),
      { numRuns: 100 },
    );
  }, 60_000);

  it('the tenant’s webhook is still there afterwards', async () => {
    expect((await tenant.api.get(`/v1/webhooks?limit=100`)).status).toBe(200);
    expect((await api.stranger.get('/health/ready')).body.status).toBe('up');
  });
});

function pathsOf(value: object, parent = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = parent ? `${parent}.${key}` : key;
    return typeof inner === 'object' && inner !== null ? [path, ...pathsOf(inner, path)] : [path];
  });
}

function place(target: object, [first, ...rest]: string[], value: unknown): void {
  const fields = target as Record<string, unknown>;
  const inner = Object.hasOwn(fields, first!) ? fields[first!] : undefined;
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) place(inner, rest, value);
  else
    Object.defineProperty(fields, first!, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** Percent-encoded, lone surrogates as the bytes that they would be. */
function encoded(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
