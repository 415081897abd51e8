import { difference } from '../cpu.js';
import { percentile } from '../figures/statistics.js';
import type { Harness } from '../harness.js';
import { Installation, type CpuByProcess } from '../installation.js';

interface LowLoadSettings {
  /** Events per second, one delivery each. */
  rate: number;
  seconds: number;
  queue: 'redis' | 'postgres';
}

export interface LowLoad {
  /** Cores of API, dispatcher, Postgres and Redis together. */
  cores: number;
  /** Cores of each process. */
  by: CpuByProcess;
  /** Microseconds of CPU per delivery. */
  cpu: number;
  /** Transactions of Postgres, including the queue's. */
  commitsPerDelivery: number;
  /** Milliseconds from an event's scheduled time to its first byte at the receiver. */
  p50: number;
  p99: number;
}

/** Events at full load beforehand, so that the processes run compiled code. */
export const LOW_LOAD_WARM_UP = 6_000;

/** The cost far below full load, where most installations are and every event comes alone. */
export async function lowLoad(harness: Harness, settings: LowLoadSettings): Promise<LowLoad> {
  const { rate, seconds, queue } = settings;
  const installation = await Installation.start(harness, { queue });
  try {
    await installation.warmUp(LOW_LOAD_WARM_UP);
    await installation.warmUp(rate * 2, { rate });
    const events = rate * seconds;
    const commitsBefore = await commitsOf(installation);
    const [before, startedAt] = [installation.cpu(), performance.now()];
    await installation.post(events, { rate });
    await harness.received(events);
    const used = difference(installation.cpu(), before);
    const elapsed = performance.now() - startedAt;
    await installation.settled();
    const commits = (await commitsOf(installation)) - commitsBefore;
    const { latencies } = await harness.reception();
    const product = used.api + used.dispatcher + used.postgres + used.redis;
    const by = Object.fromEntries(
      Object.entries(used).map(([name, micros]) => [name, round(micros / 1000 / elapsed)]),
    ) as CpuByProcess;
    return {
      cores: round(product / 1000 / elapsed),
      by,
      cpu: product / events,
      commitsPerDelivery: commits / events,
      p50: percentile(latencies, 0.5),
      p99: percentile(latencies, 0.99),
    };
  } finally {
    await installation.stop();
  }
}

async function commitsOf(installation: Installation): Promise<number> {
  const [row] = await installation.query<{ commits: number }>(
    'SELECT xact_commit::float8 AS commits FROM pg_stat_database WHERE datname = current_database()',
  );
  return row!.commits;
}

const round = (cores: number): number => Math.round(cores * 1000) / 1000;
