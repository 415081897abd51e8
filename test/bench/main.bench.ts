import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, release } from 'node:os';
import { dirname } from 'node:path';
import { inject, it } from 'vitest';
import type { TestDatabase } from '../support/index.js';
import type { GoalResult } from './figures/goal.js';
import { VoidRunError } from './figures/ledger.js';
import { tableOf } from './figures/table.js';
import { GOALS, type MeasuredGoal } from './goals/index.js';
import { Harness } from './harness.js';
import { amountsOf, type BenchOptions } from './options.js';
import { Run } from './run.js';
import { databaseWithHistory } from './scenarios/history.js';

/** Other work on the machine can spoil a measurement, which is then repeated, this often at most. */
const MOST_VOID_RUNS = 2;

const options: BenchOptions = inject('bench');

it('measures the goals', { timeout: 0 }, async () => {
  const { only = '*' } = options;
  const patterns = only.split(',');
  const isAsked = (id: string): boolean =>
    patterns.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one));
  const goals = GOALS.filter(({ id }) => isAsked(id));
  if (goals.length === 0) {
    throw new Error(`No row ${options.only}; there are ${GOALS.map(({ id }) => id).join(', ')}.`);
  }
  const harness = await Harness.start();
  try {
    await measureAll(goals, harness);
  } finally {
    await harness.stop();
  }
});

async function measureAll(goals: readonly MeasuredGoal[], harness: Harness): Promise<void> {
  const results: GoalResult[] = goals.map((goal) => ({ goal, values: [], missing: goal.missing }));
  const runs: Record<string, unknown>[] = [];
  let made: Promise<TestDatabase> | undefined;
  const history = async (deliveries: number): Promise<TestDatabase | undefined> => {
    if (deliveries !== options.history) return undefined;
    if (!made) say(`Making a history of ${deliveries} deliveries …`);
    return (made ??= databaseWithHistory(deliveries));
  };
  let voidRuns = 0;
  for (let number = 1; number <= options.runs; number++) {
    say(`Run ${number} of ${options.runs}`);
    const run = new Run(harness, amountsOf(options), history, say);
    const values = await valuesOf(run, goals).catch((error: unknown) => {
      if (!(error instanceof VoidRunError) || ++voidRuns > MOST_VOID_RUNS) throw error;
      say(`  ${error.message}`);
    });
    if (!values) {
      number--;
      continue;
    }
    for (const [row, value] of values.entries()) {
      if (value !== undefined) results[row]!.values.push(value);
    }
    runs.push(run.figures);
    // After each row, so that a later failure does not lose its figures.
    report(results, runs);
  }
  await (await made)?.drop();
}

async function valuesOf(run: Run, goals: readonly MeasuredGoal[]): Promise<(number | undefined)[]> {
  const values: (number | undefined)[] = [];
  for (const goal of goals) values.push(await goal.measure(run));
  return values;
}

function report(results: readonly GoalResult[], runs: readonly unknown[]): void {
  say(`\n${tableOf(results)}\n`);
  if (options.quick) say('A quick run only shows that everything runs: its figures mean nothing.');
  mkdirSync(dirname(options.output), { recursive: true });
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  };
  const goals = results.map(({ goal: { id, what, baseline, atLeast, atMost }, values }) => {
    return { id, what, baseline, atLeast, atMost, values };
  });
  const content = { at: new Date().toISOString(), options, machine, goals, runs };
  writeFileSync(options.output, `${JSON.stringify(content, null, 2)}\n`);
  say(`Details: ${options.output}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
