import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { ExpressionPool } from '@schoolbell/expressions';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/index.js';
import { evaluatorsOf } from './evaluators-of.js';

const BUILT = new URL('../../../dist/libs/expressions/src/index.js', import.meta.url);
const PATTERN = `$match("${'a'.repeat(40)}!", /^(a+)+$/)`;
const on = (expression: string) => ({ key: 'ten_1', expression, input: '{}', at: new Date() });

const mine = (): number[] => evaluatorsOf(process.pid);

describe('evaluators', () => {
  let pool: ExpressionPool | undefined;

  afterEach(() => pool?.close());

  it('are started for the first expression and end when there is nothing to do', async () => {
    pool = new ExpressionPool({ idleMs: 200 });
    expect(mine()).toEqual([]);

    expect(await pool.filter(on('1 = 1'))).toEqual({ ok: true, value: true });
    expect(mine()).toHaveLength(1);

    await eventually(() => mine().length === 0);
    expect(await pool.filter(on('1 = 1'))).toEqual({ ok: true, value: true });
  });

  it('that somebody kills are replaced', async () => {
    pool = new ExpressionPool();
    await pool.filter(on('true'));
    for (const pid of mine()) process.kill(pid, 'SIGKILL');

    expect(await pool.filter(on('true'))).toEqual({ ok: true, value: true });
  });

  it.runIf(existsSync('/proc/self/stat'))(
    'that get no processor for a while are not to blame',
    async () => {
      // Ten times as long is allowed: 2.5 s are left to a test that gets no processor either.
      pool = new ExpressionPool({ deadlineMs: 300 });
      await pool.filter(on('true'));
      const [evaluator = 0] = mine();
      process.kill(evaluator, 'SIGSTOP');
      const answer = pool.filter(on('true'));
      // If it was blamed anyway, it is gone, and the assertions report that.
      setTimeout(() => mine().includes(evaluator) && process.kill(evaluator, 'SIGCONT'), 500);

      expect(await answer).toEqual({ ok: true, value: true });
      expect(mine()).toEqual([evaluator]);
    },
  );

  it('that hang are replaced', async () => {
    pool = new ExpressionPool();
    await pool.filter(on('true'));
    const [evaluator = 0] = mine();
    process.kill(evaluator, 'SIGSTOP');

    expect(await pool.filter(on('true'))).toEqual({ ok: true, value: true });
    expect(mine()).not.toContain(evaluator);
  });

  it('end with their pool, also in the middle of an expression', async () => {
    pool = new ExpressionPool();
    await pool.filter(on('true'));
    const stuck = pool.filter(on(PATTERN));
    setTimeout(() => pool?.close(), 20);

    expect(await stuck).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    await eventually(() => mine().length === 0);
  });

  it.runIf(existsSync('/proc/self/environ'))('see nothing of the environment', async () => {
    process.env.A_SECRET_OF_THE_PRODUCT = 'hunter2';
    pool = new ExpressionPool();
    await pool.filter(on('true'));
    const environment = readFileSync(`/proc/${mine()[0]}/environ`, 'utf8');

    expect(environment).not.toContain('hunter2');
    expect(environment).not.toContain('PATH=');
  });
});

describe('the built product', () => {
  /** Evaluates one expression, reports the result, and then hangs in another. */
  const SCRIPT = `
    const { ExpressionPool } = await import(${JSON.stringify(BUILT.href)});
    const pool = new ExpressionPool();
    const on = (expression) => ({ key: 'ten_1', expression, input: '{"a":2}', at: new Date() });
    console.log(JSON.stringify(await pool.render(on('{"b": a * 2}'))));
    pool.filter(on(${JSON.stringify(PATTERN)}));
    setImmediate(() => setImmediate(() => {
      console.log('stuck');
      // As stuck as a process can be: no code of it runs that could stop the expression.
      for (;;);
    }));
  `;

  it('evaluates, and leaves no process behind that matches for ever when it is killed', async () => {
    const product = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT]);
    let said = '';
    product.stdout.on('data', (text: Buffer) => (said += text.toString()));
    await eventually(() => said.includes('stuck'));
    const left = evaluatorsOf(product.pid ?? 0);
    product.kill('SIGKILL');
    await once(product, 'exit');

    expect(said).toContain(JSON.stringify({ ok: true, value: '{"b":4}' }));
    expect(left).toHaveLength(1);
    await eventually(() => left.every((pid) => !runs(pid)));
  });
});

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
