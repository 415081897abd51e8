import { endToEnd, WAL_BYTES, type Installation } from './product.ts';
import { simulate, type Duration } from './simulate.ts';

/** Enough to keep everything busy that can be. */
const JOBS_PER_CORE = 32;
const DURATION: Duration = { seconds: 1, warmUpSeconds: 0.5 };

/** How far an installation gets, and what it stops at. */
export interface Limit {
  installation: Installation;
  perSecond: number;
  /** What is busiest, and next to it, with the shares of the time in which they work. */
  fullest: readonly [name: string, share: number][];
  /** Of the write-ahead log. */
  bytesPerSecond: number;
}

export function limitOf(installation: Installation): Limit {
  const load = { jobs: JOBS_PER_CORE * installation.cores };
  const { perSecond, used } = simulate(endToEnd(installation), load, DURATION);
  const fullest = Object.entries(used).toSorted(([, one], [, other]) => other - one);
  const bytes = WAL_BYTES.accepting + WAL_BYTES.dispatching;
  return { installation, perSecond, fullest, bytesPerSecond: perSecond * bytes };
}
