import { test as base, describe, expect } from 'vitest';
import { SchemaPool } from './index.js';

const test = base.extend<{ pool: SchemaPool }>({
  pool: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures that are asked for from it
    async ({}, use) => {
      const pool = new SchemaPool();
      await use(pool);
      pool.close();
    },
    { scope: 'file' },
  ],
});

const ORDER = {
  type: 'object',
  required: ['orderId'],
  properties: {
    orderId: { type: 'string', pattern: '^ord_' },
    lines: { type: 'array', items: { $ref: '#/$defs/line' } },
    placedAt: { type: 'string', format: 'date-time' },
  },
  $defs: { line: { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] } },
};

const check = (pool: SchemaPool, schema: unknown, data: unknown, tenantId = 'ten_1') =>
  pool.check(tenantId, JSON.stringify(schema), JSON.stringify(data));

describe('data', () => {
  test('that keeps the schema is right, whatever else it has', async ({ pool }) => {
    const data = { orderId: 'ord_1', lines: [{ sku: 'a' }], more: null };
    expect(await check(pool, ORDER, data)).toEqual({ ok: true });
  });

  test.for([
    [{}, 'orderId', 'is required'],
    [{ orderId: 'x' }, 'orderId', 'does not match the pattern for this field'],
    [{ orderId: 'ord_1', lines: [{ sku: 'a' }, { sku: 1 }] }, 'lines[1].sku', 'must be a string'],
    [{ orderId: 'ord_1', placedAt: '2026' }, 'placedAt', 'must match format "date-time"'],
  ] as const)('%j is refused with the field %s', async ([data, path, message], { pool }) => {
    const errors = [{ path, message }];
    expect(await check(pool, ORDER, data)).toEqual({ ok: false, fault: 'data', errors });
  });

  test('of many events at once is each checked by its own schema', async ({ pool }) => {
    const numbers = Array.from({ length: 300 }, (_, n) => n);
    const checks = await Promise.all(
      numbers.map((n) => check(pool, { maximum: n % 7 }, n % 10, `ten_${n % 3}`)),
    );
    expect(checks.map(({ ok }) => ok)).toEqual(numbers.map((n) => n % 10 <= n % 7));
  });
});

test('so large that all of a tenant’s cannot wait is refused, and that of others is checked', async () => {
  const pool = new SchemaPool();
  const data = 'a'.repeat(1_000_000);
  const ofOne = Array.from({ length: 40 }, () => check(pool, true, data, 'ten_1'));
  expect(await check(pool, true, 1, 'ten_2')).toEqual({ ok: true });
  const outcomes = (await Promise.all(ofOne)).map((checked) => checked.ok || checked.fault);
  expect(new Set(outcomes)).toEqual(new Set([true, 'unavailable']));
  pool.close();
});

describe('what is no schema', () => {
  test.for([
    [{ type: 'text' }, 'type', /^must be equal to one of|must be one of/],
    [{ properties: { a: { minimum: '1' } } }, 'properties.a.minimum', /must be a number/],
    [{ requried: ['a'] }, '', /unknown keyword: "requried"/],
    [{ $ref: '#/$defs/none' }, '', /can't resolve reference/],
    [{ $ref: 'https://schemas.example/a' }, '', /can't resolve reference/],
    [{ const: { $ref: 'https://schemas.example/a' }, $ref: '#/const' }, '', /can't resolve/],
    [{ pattern: '(' }, '', /nvalid regular expression/],
    [{ format: 'phone' }, '', /unknown format/],
    [{ $async: true }, '', /not a keyword/],
    [7, '', /must be/],
  ] as const)('%j is said to be none', async ([schema, path, message], { pool }) => {
    expect(await check(pool, schema, {})).toEqual({
      ok: false,
      fault: 'schema',
      errors: expect.arrayContaining([{ path, message: expect.stringMatching(message) }]),
    });
  });
});

test('a schema of almost 64 KiB is compiled once, and then checks like any other', async ({
  pool,
}) => {
  const field = { type: 'string', minLength: 1, pattern: '^[a-z]+$', maxLength: 5 };
  const properties = Object.fromEntries(Array.from({ length: 750 }, (_, n) => [`f${n}`, field]));
  expect(await check(pool, { properties }, { f7: 'a' })).toEqual({ ok: true });
  expect(await check(pool, { properties }, { f7: '' })).toMatchObject({ fault: 'data' });
});
