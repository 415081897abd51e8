import { ExpressionPool, type ExpressionOnEvent } from '@schoolbell/expressions';
import { test as base, describe, expect } from 'vitest';
import { closing } from '../../support/index.js';

const test = base.extend(
  'pool',
  { scope: 'file' },
  closing(() => new ExpressionPool()),
);

const on = (key: string, expression: string): ExpressionOnEvent => ({
  key,
  expression,
  input: '{"id":"evt_1","data":{"score":0.92}}',
  at: new Date(),
});

const DOUBLED =
  '($f := function($s, $n) { $n = 0 ? $s : $f($s & $s, $n - 1) }; $f("xxxxxxxx", 25))';
const NESTED = '($f := function($s, $n) { $n = 0 ? $s : $f({"a": $s}, $n - 1) }; $f("x", 100000))';
const SHARED =
  '($f := function($s, $n) { $n = 0 ? $s : $f({"a": $s, "b": $s}, $n - 1) }; $f("x", 40))';

/** Each with what stops it; both where a slow machine may stop it first. */
const HOSTILE: readonly [title: string, expression: string, codes: string][] = [
  ['a pattern that backtracks for years', `$match("${'a'.repeat(40)}!", /^(a+)+$/)`, 'deadline'],
  ['one with a look-ahead', `$contains("${'a'.repeat(40)}!", /^(?=(a+)+$)/)`, 'deadline'],
  ['endless recursion', '($f := function($x) { $f($x) + 1 }; $f(1))', 'evaluation deadline'],
  ['endless tail recursion', '($f := function($x) { $f($x + 1) }; $f(1))', 'deadline'],
  [
    'an expression that evaluates itself',
    '($f := "$eval($f)"; $eval($f))',
    'deadline memory evaluation',
  ],
  ['ten million numbers', '[1..1e7]', 'evaluation'],
  ['numbers by the billion', '[1..99999].[1..99999]', 'evaluation deadline memory'],
  ['a string that doubles', `$length(${DOUBLED})`, 'deadline memory'],
  ['a long string, padded', '$uppercase($pad("x", 500000000))', 'deadline memory'],
  ['a long string, encoded', '$base64encode($pad("x", 400000000))', 'deadline memory'],
  ['a body that nests 100,000 deep', NESTED, 'deadline evaluation'],
  ['a body of a trillion strings', SHARED, 'deadline memory'],
];

/** Expressions that try to leave JSONata for JavaScript: they give nothing, or fail. */
const WAYS_OUT = [
  'constructor',
  '__proto__',
  '"".constructor',
  '$sum.constructor',
  '$lookup($sum, "constructor")',
  '$lookup($sum, "implementation")',
  '$sum.implementation.constructor("return process")()',
  '$sum._jsonata_function',
  '$eval("process.env")',
  'data.__proto__.polluted',
  '($ ~> |$|{"__proto__": {"polluted": true}}|).none.polluted',
  '$process',
  '$require("fs")',
];

describe('a hostile expression', () => {
  test.for(HOSTILE)(
    '%s: is stopped, and the next is evaluated',
    async ([, source, codes], { pool }) => {
      const evaluation = await pool.render(on(source, source));
      const after = await pool.filter(on('ten_good', 'data.score > 0.9'));

      expect(evaluation.ok ? 'it gave something' : codes.split(' ')).toContain(
        evaluation.ok ? '' : evaluation.error.code,
      );
      expect(after).toEqual({ ok: true, value: true });
    },
  );

  test.for(WAYS_OUT)('%s finds no way out', async (source, { pool }) => {
    const evaluation = await pool.render(on('ten_curious', source));

    expect(evaluation.ok || evaluation.error.code).toMatch(/^(no_result|evaluation)$/);
  });

  test('changes nothing for those who come after', async ({ pool }) => {
    for (const source of WAYS_OUT) await pool.render(on('ten_curious', source));

    expect(await pool.render(on('ten_good', '{"a": data.polluted, "b": $sum([1, 2])}'))).toEqual({
      ok: true,
      value: '{"b":3}',
    });
  });
});

test('thousands of one tenant hold up no other', async () => {
  const pool = new ExpressionPool();
  const pattern = `$match("${'a'.repeat(40)}!", /^(a+)+$/)`;
  const hostile = Array.from({ length: 3_000 }, () => pool.render(on('ten_hostile', pattern)));
  const waits: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const asked = performance.now();
    expect((await pool.filter(on('ten_good', 'data.score > 0.9'))).ok).toBe(true);
    waits.push(performance.now() - asked);
  }
  pool.close();
  const answers = await Promise.all(hostile);

  // At its first overrun, two evaluators are killed for the tenant; from then on it has its own.
  expect(Math.max(...waits)).toBeLessThan(4_000);
  expect(waits.filter((wait) => wait > 100).length).toBeLessThan(10);
  expect(answers.every((answer) => !answer.ok)).toBe(true);
});

test('a tenant whose expression overran is still served its good ones', async () => {
  const pool = new ExpressionPool();
  await pool.render(on('ten_mixed', '($f := function($x) { $f($x + 1) }; $f(1))'));

  expect(await pool.filter(on('ten_mixed', 'data.score > 0.9'))).toEqual({ ok: true, value: true });
  pool.close();
});
