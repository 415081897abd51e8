import { test as base, describe, expect } from 'vitest';
import { ExpressionPool, MAX_EXPRESSION_CHARACTERS, type ExpressionOnEvent } from './index.js';

const test = base.extend<{ pool: ExpressionPool }>({
  pool: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the fixtures that are asked for from it
    async ({}, use) => {
      const pool = new ExpressionPool();
      await use(pool);
      pool.close();
    },
    { scope: 'file' },
  ],
});

const EVENT = { id: 'evt_1', type: 'session.completed', data: { score: 0.92, name: 'Jürgen' } };

const on = (expression: string, event: object = EVENT): ExpressionOnEvent => ({
  key: 'ten_1',
  expression,
  input: JSON.stringify(event),
  at: new Date('2026-04-10T14:32:00.000Z'),
});

const value = <T>(found: T) => ({ ok: true, value: found });
const error = (code: string, rest: object = {}) => ({
  ok: false,
  error: expect.objectContaining({ code, ...rest }),
});

describe('a filter', () => {
  test.for([
    ['data.score > 0.9', true],
    ['data.score > 0.95', false],
    ['data.name', true],
    ['""', false],
    ['0', false],
    ['[]', false],
    ['[0, 0]', false],
    ['[0, 1]', true],
    ['{}', false],
    ['null', false],
    ['data.nothing', false],
    ['$sum', false],
    ['/x/', false],
  ] as const)(
    '%s: wants the event by the rules of $boolean: %s',
    async ([source, wants], { pool }) => {
      expect(await pool.filter(on(source))).toEqual(value(wants));
    },
  );

  test('that fails says where, so that the caller can decide', async ({ pool }) => {
    expect(await pool.filter(on('data.name > 1'))).toEqual(error('evaluation', { position: 11 }));
  });
});

describe('a template', () => {
  test.for([
    ['{"who": data.name, "none": data.nothing}', '{"who":"Jürgen"}'],
    ['"<p>" & data.name & "</p>"', '<p>Jürgen</p>'],
    ['[1, 0.5, true, null]', '[1,0.5,true,null]'],
    ['9007199254740991', '9007199254740991'],
    ['{"__proto__": {"a": 1}, "constructor": 2}', '{"__proto__":{"a":1},"constructor":2}'],
  ] as const)('%s gives the body %s', async ([source, body], { pool }) => {
    expect(await pool.render(on(source))).toEqual(value(body));
  });

  test.for([
    ['data.nothing', 'no_result'],
    ['$sum', 'no_result'],
    ['{"a": [function($x) { $x }]}', 'no_result'],
    ['{"a": /x/}', 'no_result'],
    ['$pad("", 1048577)', 'too_large'],
    ['$error("no")', 'evaluation'],
    ['data.(', 'syntax'],
  ] as const)('%s gives no body but the error %s', async ([source, code], { pool }) => {
    expect(await pool.render(on(source))).toEqual(error(code));
  });

  test('of exactly 1 MiB is a body', async ({ pool }) => {
    const rendered = await pool.render(on('$pad("", 1048576)'));
    // Compared as a whole, a failure would take minutes to print.
    expect(rendered.ok ? rendered.value.length : rendered.error).toBe(1_048_576);
  });

  test('gives the same every time: the clock stands at the acceptance, chance is the event’s', async ({
    pool,
  }) => {
    const source =
      '[$now(), $millis(), $toMillis("12:00", "[H]:[m]"), $random(), $shuffle([1..9])]';
    const first = await pool.render(on(source));

    expect(await pool.render(on(source))).toEqual(first);
    expect(first).toEqual(
      value(expect.stringMatching(/^\["2026-04-10T14:32:00.000Z",1775831520000,1775822400000,0\./)),
    );
    expect(await pool.render(on(source, { ...EVENT, id: 'evt_2' }))).not.toEqual(first);
  });
});

describe('the check of an expression', () => {
  test('does not run it', async ({ pool }) => {
    expect(await pool.check('ten_1', '$error("run")')).toEqual(value(true));
  });

  test.for([
    ['data.', undefined],
    ['$contains(data.name, /[/)', undefined],
    [
      `${'('.repeat(8_000)}1${')'.repeat(8_000)}`,
      'The expression, or what it builds, nests too deeply.',
    ],
    ['-'.repeat(16_000) + '1', 'The expression, or what it builds, nests too deeply.'],
  ] as const)('finds the fault in %.20s', async ([source, message], { pool }) => {
    expect(await pool.check('ten_1', source)).toEqual(
      error('syntax', message === undefined ? {} : { message }),
    );
  });

  test('refuses what is too long, at once', async ({ pool }) => {
    const source = '1'.padEnd(MAX_EXPRESSION_CHARACTERS + 1);

    expect(await pool.check('ten_1', source)).toEqual(error('too_large'));
    expect(await pool.check('ten_1', source.slice(1))).toEqual(error('syntax'));
  });
});

test('an expression leaves nothing behind for the next', async ({ pool }) => {
  await pool.render(on('($left := 1; $sum := 2; $left)'));

  expect(await pool.render(on('{"left": $left, "sum": $sum([1, 2])}'))).toEqual(value('{"sum":3}'));
});

test('many at once are all answered, each with its own', async ({ pool }) => {
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const answers = await Promise.all(
    numbers.map((n) => pool.render({ ...on('data * 2', { data: n }), key: `ten_${n % 7}` })),
  );

  expect(answers).toEqual(numbers.map((n) => value(String(n * 2))));
});

test('who waits when the pool closes is told so, and who comes later is rejected', async () => {
  const pool = new ExpressionPool();
  const waiting = pool.filter(on('true'));
  pool.close();

  expect(await waiting).toEqual(error('unavailable'));
  await expect(pool.filter(on('true'))).rejects.toThrow('closed');
});

test('as many evaluations of a key wait as the pool is told', async () => {
  const pool = new ExpressionPool({ maxWaitingPerKey: 2 });
  const asked = [1, 2, 3].map(() => pool.filter(on('true')));
  expect(await Promise.all(asked)).toEqual([value(true), value(true), error('unavailable')]);
  pool.close();
});
