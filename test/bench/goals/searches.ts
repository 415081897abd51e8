import type { Run } from '../run.js';
import { searching, type Searching } from '../scenarios/searching.js';
import type { MeasuredGoal } from './measured-goal.js';

const DELIVERIES = 1_000_000;
const MISSING = `needs --history ${DELIVERIES}`;

async function measured(run: Run): Promise<Searching | undefined> {
  const history = await run.history(DELIVERIES);
  return history && run.once('searching', () => searching(history, DELIVERIES));
}

/** What people search for, in a history of a million deliveries. */
export const SEARCHES: readonly MeasuredGoal[] = [
  {
    id: 'searches',
    what: 'the slowest kind of search in 1 million deliveries, p95',
    baseline: 'from request to answer',
    atMost: 50,
    unit: ' ms',
    missing: MISSING,
    measure: async (run) => (await measured(run))?.slowestP95,
  },
  {
    id: 'searches-intake',
    what: 'accepting an event while lists are read without a pause, p50',
    baseline: 'the same without lists',
    atMost: 3,
    unit: ' ×',
    missing: MISSING,
    measure: async (run) => {
      const accepting = (await measured(run))?.accepting;
      return accepting && accepting.beside / accepting.alone;
    },
  },
];
