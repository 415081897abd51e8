import type { NpmStartCounts } from '../npm-start.js';
import type { Run } from '../run.js';
import { disk } from '../scenarios/disk.js';
import { draining } from '../scenarios/draining.js';
import type { Throughput } from '../scenarios/end-to-end.js';
import type { MeasuredGoal } from './measured-goal.js';

/** What more processes give, and what history takes: `--simulate` goes on from there. */
export const SCALING: readonly MeasuredGoal[] = [
  {
    id: 'two-of-each',
    what: 'end to end, npm start with 2 APIs and 2 dispatchers',
    baseline: 'with one of each',
    atLeast: 0.9,
    measure: async (run) => {
      const two = await underNpmStart(run, { apis: 2, dispatchers: 2 });
      const one = await underNpmStart(run, { apis: 1, dispatchers: 1 });
      return two.perSecond / one.perSecond;
    },
  },
  {
    id: 'four-dispatchers',
    what: 'draining a backlog, 4 dispatchers',
    baseline: 'with one dispatcher',
    atLeast: 1.1,
    measure: async (run) => {
      const rate = (dispatchers: number): Promise<number> =>
        run.once(`draining with ${dispatchers} dispatchers, deliveries/s`, () =>
          draining(run.harness, run.amounts.backlog, { dispatchers }),
        );
      return (await rate(4)) / (await rate(1));
    },
  },
  {
    id: 'wal',
    what: 'write-ahead log for an event of one delivery',
    baseline: 'from its post to the record of its attempt',
    atMost: 4.5,
    unit: ' KB',
    measure: async (run) => (await diskOf(run)).walBytes / 1_000,
  },
  {
    id: 'disk',
    what: 'tables and indexes for an event of one delivery',
    baseline: 'once it is delivered',
    atMost: 3,
    unit: ' KB',
    measure: async (run) => (await diskOf(run)).tableBytes / 1_000,
  },
];

function underNpmStart(run: Run, npmStart: NpmStartCounts): Promise<Throughput> {
  const { apis, dispatchers } = npmStart;
  return run.throughput(`${apis} APIs, ${dispatchers} dispatchers of npm start`, { npmStart });
}

function diskOf(run: Run) {
  return run.once('bytes per event', () => disk(run.harness, run.amounts.one));
}
