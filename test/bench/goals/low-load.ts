import { lowLoad, type LowLoad } from '../scenarios/low-load.js';
import { promiseLowLoad } from '../scenarios/promise.js';
import type { Run } from '../run.js';
import type { MeasuredGoal } from './measured-goal.js';

type QueueServer = 'redis' | 'postgres';

const QUEUES: readonly QueueServer[] = ['redis', 'postgres'];
const NAMES = { redis: 'Redis', postgres: 'embedded' };

/** The cost at the low loads of most installations. */
export const LOW_LOAD: readonly MeasuredGoal[] = [
  ...QUEUES.flatMap(goalsOf),
  ...[50, 200, 500, 1_000].map(againstBarePromise),
];

function goalsOf(queue: QueueServer): MeasuredGoal[] {
  return [
    coresAt(50, 0.12, queue),
    coresAt(200, 0.3, queue),
    againstFullLoad(500, 2, queue),
    againstFullLoad(1_000, 1.5, queue),
    {
      id: `low-p50-${queue}`,
      what: `accepted → first byte at 200 events/s, p50, ${NAMES[queue]}`,
      baseline: 'from the scheduled moment',
      atMost: 15,
      unit: ' ms',
      measure: async (run) => (await measured(run, 200, queue)).p50,
    },
  ];
}

function coresAt(rate: number, atMost: number, queue: QueueServer): MeasuredGoal {
  return {
    id: `low-${rate}-${queue}`,
    what: `CPU at ${rate} events/s, API + dispatcher + Postgres + Redis, ${NAMES[queue]}`,
    baseline: 'of a core',
    atMost,
    measure: async (run) => (await measured(run, rate, queue)).cores,
  };
}

function againstFullLoad(rate: number, atMost: number, queue: QueueServer): MeasuredGoal {
  return {
    id: `low-${rate}-${queue}`,
    what: `CPU per delivery at ${rate} events/s, ${NAMES[queue]}`,
    baseline: 'at full load',
    atMost,
    unit: ' ×',
    measure: async (run) => {
      const { cpuOfProduct } = await fullLoad(run, queue);
      return (await measured(run, rate, queue)).cpu / cpuOfProduct;
    },
  };
}

function againstBarePromise(rate: number): MeasuredGoal {
  return {
    id: `low-${rate}-promise`,
    what: `CPU at ${rate} events/s, Redis`,
    baseline: 'bare promise',
    atMost: 2,
    unit: ' ×',
    measure: async (run) => {
      const { lowLoadSeconds: seconds } = run.amounts;
      const promise = await run.once(`${rate} events/s, bare promise, cores`, () =>
        promiseLowLoad(run.harness, { rate, seconds }),
      );
      return (await measured(run, rate, 'redis')).cores / promise;
    },
  };
}

function measured(run: Run, rate: number, queue: QueueServer): Promise<LowLoad> {
  const { lowLoadSeconds: seconds } = run.amounts;
  return run.once(`${rate} events/s, ${NAMES[queue]}`, () =>
    lowLoad(run.harness, { rate, seconds, queue }),
  );
}

function fullLoad(run: Run, queue: QueueServer) {
  return run.throughput(`full load beside low loads, ${NAMES[queue]}`, { queue });
}
