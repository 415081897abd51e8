import type { Run } from '../run.js';
import { footprint, type Footprint } from '../scenarios/footprint.js';
import { dispatcherMemory } from '../scenarios/memory.js';
import { idleCpu } from '../scenarios/idle.js';
import type { MeasuredGoal } from './measured-goal.js';

const AT_30_PERCENT = 'accepted → first byte at the receiver, 30 % of full load';
const NOT_IN_QUICK = 'not in a quick run';

/** Costs and times, and how little they change with what else is going on. */
export const STEADINESS: readonly MeasuredGoal[] = [
  {
    id: 'cpu',
    what: 'CPU per delivery, API + dispatcher + Postgres + Redis',
    baseline: 'at full load',
    atMost: 350,
    unit: ' µs',
    measure: async (run) => (await run.oneWebhook()).cpuOfProduct,
  },
  {
    id: 'latency-p50',
    what: `${AT_30_PERCENT}, p50`,
    baseline: 'from the scheduled moment',
    atMost: 10,
    unit: ' ms',
    measure: async (run) => (await run.latency()).p50,
  },
  {
    id: 'latency-p99',
    what: `${AT_30_PERCENT}, p99`,
    baseline: 'from the scheduled moment',
    atMost: 150,
    unit: ' ms',
    measure: async (run) => (await run.latency()).p99,
  },
  {
    id: 'hang',
    what: 'p99 of 49 healthy webhooks while 1 of 50 hangs 10 s',
    baseline: 'the same without the hang',
    atMost: 2,
    unit: ' ×',
    measure: async (run) => (await run.latency(true)).p99 / (await run.latency()).p99,
  },
  withHistory({ id: 'history', millions: 1, atLeast: 0.9 }),
  withHistory({ id: 'history-10', millions: 10, atLeast: 0.8 }),
  {
    id: 'memory',
    what: 'dispatcher memory with 1 million waiting',
    baseline: 'at 1,000 waiting',
    atMost: 1.2,
    unit: ' ×',
    missing: NOT_IN_QUICK,
    measure: async (run) => {
      const { memory } = run.amounts;
      if (!memory) return undefined;
      const bytes = (waiting: number): Promise<number> =>
        run.once(`dispatcher memory at ${waiting} waiting, bytes`, () =>
          dispatcherMemory(run.harness, waiting, memory.seconds),
        );
      return (await bytes(memory.many)) / (await bytes(memory.few));
    },
  },
  {
    id: 'footprint',
    what: 'memory of API + dispatcher + supervisor of npm start (PSS)',
    baseline: 'at full load',
    atMost: 400,
    unit: ' MiB',
    measure: async (run) => (await footprintOf(run)).fullLoad.pss,
  },
  {
    id: 'footprint-idle',
    what: 'memory of API + dispatcher + supervisor of npm start (PSS)',
    baseline: 'idle, after full load',
    atMost: 200,
    unit: ' MiB',
    measure: async (run) => (await footprintOf(run)).idle.pss,
  },
  {
    id: 'idle',
    what: 'idle CPU of API + dispatcher',
    baseline: 'of a core',
    atMost: 1,
    unit: ' %',
    measure: (run) => run.once('idle CPU, %', () => idleCpu(run.harness, run.amounts.idleSeconds)),
  },
  {
    id: 'embedded',
    what: 'embedded default (BullMQ on Postgres)',
    baseline: 'the same with Redis',
    atLeast: 0.85,
    measure: async (run) => {
      const embedded = await run.throughput('queue on Postgres', { queue: 'postgres' });
      return embedded.perSecond / (await run.oneWebhook('embedded')).perSecond;
    },
  },
];

function footprintOf(run: Run): Promise<Footprint> {
  const { one, restSeconds } = run.amounts;
  return run.once('memory, MiB of PSS (and RSS)', () => footprint(run.harness, one, restSeconds));
}

function withHistory(goal: { id: string; millions: number; atLeast: number }): MeasuredGoal {
  const deliveries = goal.millions * 1_000_000;
  return {
    id: goal.id,
    what: `full load with ${goal.millions} million deliveries of history`,
    baseline: 'empty database',
    atLeast: goal.atLeast,
    missing: `needs --history ${deliveries}`,
    measure: async (run) => {
      const history = await run.history(deliveries);
      if (!history) return undefined;
      // The next run uses it too; the end of the last run drops it.
      const database = async () => ({ ...history, drop: async () => undefined });
      const full = await run.throughput(`with ${deliveries} of history`, { database });
      return full.perSecond / (await run.oneWebhook('history')).perSecond;
    },
  };
}
