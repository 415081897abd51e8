import { SchemaPool } from '@schoolbell/schemas';
import { test as base, describe, expect } from 'vitest';
import { closing } from '../../support/index.js';

const test = base.extend(
  'pool',
  { scope: 'file' },
  closing(() => new SchemaPool()),
);

const ORDER = { required: ['orderId'], properties: { orderId: { type: 'string' } } };

const check = (pool: SchemaPool, schema: unknown, data: unknown, tenantId = 'ten_1') =>
  pool.check(tenantId, JSON.stringify(schema), JSON.stringify(data));

const LEVELS = Array.from({ length: 30 }, (_, n) => n);
const DOUBLING = {
  $ref: '#/$defs/d0',
  $defs: Object.fromEntries([
    ...LEVELS.map((n) => {
      const next = { $ref: `#/$defs/d${n + 1}` };
      return [`d${n}`, { allOf: [next, next] }];
    }),
    ['d30', { type: 'object' }],
  ]),
};

/** Each with the results that it may have; also `unavailable` where a slow machine may start no worker in time. */
const HOSTILE: readonly [title: string, schema: unknown, data: unknown, faults: string][] = [
  ['a pattern that backtracks for years', { pattern: '^(a+)+$' }, 'a'.repeat(40) + '!', 'deadline'],
  ['a schema that is itself', { $ref: '#' }, {}, 'schema'],
  [
    'two that are each other',
    { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } },
    {},
    'schema',
  ],
  ['references that double thirty times', DOUBLING, {}, 'deadline'],
  [
    'items that are all to differ',
    { uniqueItems: true },
    LEVELS.flatMap((n) => LEVELS.flatMap((m) => LEVELS.map((o) => ({ n, m, o })))),
    'deadline',
  ],
  ['an asynchronous schema in disguise', { const: { $async: true }, $ref: '#/const' }, 1, 'schema'],
];

describe('a hostile schema', () => {
  test.for(HOSTILE)(
    '%s: is stopped, and the next is checked',
    async ([title, schema, data, faults], { pool }) => {
      const checked = await check(pool, schema, data, title);
      expect([...faults.split(' '), 'unavailable']).toContain(
        checked.ok ? 'passed' : checked.fault,
      );
      expect(await check(pool, ORDER, { orderId: 'ord_1' })).toEqual({ ok: true });
    },
  );

  test('with an enum of thousands is answered with a message of one line', async ({ pool }) => {
    const values = Array.from({ length: 6_000 }, (_, n) => `value ${n}`);
    const checked = await check(pool, { enum: values }, 'none');
    expect(checked).toMatchObject({ ok: false, fault: 'data' });
    expect(JSON.stringify(checked).length).toBeLessThan(500);
  });

  test.for([
    'x"]; process.exit(); //',
    '`${process.exit()}`',
    "'+process.exit()+'",
    '\u2028process.exit()\n',
  ])('cannot say %j in code', async (text, { pool }) => {
    const schema = {
      required: [text],
      properties: { [text]: { const: text, enum: [text] } },
      patternProperties: { [text.replaceAll(/[^a-z]/g, '.')]: { const: text } },
      dependentRequired: { [text]: [text] },
    };
    expect(await check(pool, schema, { [text]: text })).toEqual({ ok: true });
    expect(await check(pool, schema, {})).toMatchObject({ fault: 'data' });
  });

  test('that is dear, but within its deadline, leaves others as much of the worker as it takes', async () => {
    const pool = new SchemaPool();
    await check(pool, ORDER, { orderId: 'ord_1' }, 'honest');
    const field = { type: 'string', minLength: 1, pattern: '^[a-z]+$', maxLength: 5 };
    const names = Array.from({ length: 600 }, (_, n) => `f${n}`);
    const large = Object.fromEntries(names.map((name) => [name, field]));
    let dear = 0;
    for (const title of LEVELS) {
      const compiled = check(pool, { title: `${title}`, properties: large }, {}, 'dear');
      void compiled.then(() => dear++);
    }
    const honest = Array.from({ length: 200 }, () =>
      check(pool, ORDER, { orderId: 'a' }, 'honest'),
    );
    for (const checked of await Promise.all(honest)) expect(checked).toEqual({ ok: true });
    expect(dear).toBeLessThanOrEqual(2);
    pool.close();
  });
});
