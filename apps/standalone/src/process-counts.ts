import { availableParallelism, totalmem } from 'node:os';
import type { Config } from '@schoolbell/config';

/** How many processes of each service run. */
export interface ProcessCounts {
  apis: number;
  dispatchers: number;
}

/** One API and one dispatcher, each of which is one thread, for so many cores. */
const CORES_FOR_A_PAIR = 4;
/** With fewer, one pair is enough: Postgres and the rest of the machine take what it leaves. */
const FEWEST_CORES_FOR_MORE = 8;
/** Four pairs write 130 MB of the log of Postgres a second: whoever has the disk for more says so by the settings. */
const MOST_PAIRS = 4;

/**
 * As many as the settings say, or as many as fit the machine: one of each, and from eight cores on a pair for each four
 * cores. A pair sends some 8,000 events a second; API and dispatcher take 1.6 cores for them and Postgres 0.8
 * (docs/performance.md), and each process more costs memory while nothing happens.
 *
 * @param cores of this machine, as far as this process may use them
 */
export function processCounts(
  { apis, dispatchers }: Pick<Config, 'apis' | 'dispatchers'>,
  cores = availableParallelism(),
): ProcessCounts {
  const more = cores >= FEWEST_CORES_FOR_MORE;
  const pairs = more ? Math.min(MOST_PAIRS, Math.floor(cores / CORES_FOR_A_PAIR)) : 1;
  return { apis: apis ?? pairs, dispatchers: dispatchers ?? pairs };
}

/** Those that the pools of an API and of a dispatcher open at most, with a queue on Postgres. */
const CONNECTIONS = { api: 30, dispatcher: 20, others: 20 };

/** Connections to Postgres that all of them together may open. */
export function connectionsOf({ apis, dispatchers }: ProcessCounts): number {
  return CONNECTIONS.others + apis * CONNECTIONS.api + dispatchers * CONNECTIONS.dispatcher;
}

/** Node's own limit where memory is plentiful, and what an API or a dispatcher needs with large bodies under way. */
const HEAP_MB = { most: 4_096, least: 512 };

/**
 * What the heap of each may grow to, in MiB: all together half of the memory, so that one that grows without end dies
 * alone, before the machine runs out.
 *
 * @param memory of this machine, as far as this process may use it, in bytes
 */
export function heapLimitMb(
  { apis, dispatchers }: ProcessCounts,
  memory = Math.min(totalmem(), process.constrainedMemory() || Infinity),
): number {
  const share = Math.floor(memory / 2 / (apis + dispatchers) / 2 ** 20);
  return Math.max(HEAP_MB.least, Math.min(HEAP_MB.most, share));
}
