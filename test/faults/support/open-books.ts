import { onTestFinished } from 'vitest';
import {
  LONG_RUNS,
  redisFor,
  seedTenant,
  startSchoolbell,
  type QueueBackend,
  type Schoolbell,
  type SchoolbellOptions,
} from '../../support/index.js';
import { Ledger } from './ledger.js';
import type { Load } from './poster.js';
import { ReceiverUnderLoad } from './receiver-under-load.js';

/** The load of every test: enough that faults hit in the middle, little enough for two busy cores. */
export const LOAD: Load = { events: LONG_RUNS ? 2000 : 200, perSecond: 100 };

export interface UnderLoad {
  schoolbell: Schoolbell;
  receiver: ReceiverUnderLoad;
  ledger: Ledger;
}

export interface BooksOptions extends SchoolbellOptions {
  backend?: QueueBackend;
  /** A running Schoolbell, which stays up: the books are those of a new tenant. Default: a new Schoolbell. */
  running?: Schoolbell;
  /** Webhooks that want every event, at `/0`, `/1` and so on. Default 3. */
  webhooks?: number;
}

/** Schoolbell, a receiver, webhooks and their books; all end with the test. */
export async function openBooks(options: BooksOptions = {}): Promise<UnderLoad> {
  const { webhooks = 3, running } = options;
  const receiver = await ReceiverUnderLoad.start();
  onTestFinished(() => receiver.close());
  const schoolbell = running
    ? { ...running, ...(await seedTenant(running.database)) }
    : await startForTest(options);
  const ledger = new Ledger(schoolbell, receiver);
  for (let i = 0; i < webhooks; i++) await ledger.addWebhook(`/${i}`);
  return { schoolbell, receiver, ledger };
}

async function startForTest(options: BooksOptions): Promise<Schoolbell> {
  const { schoolbell, stop } = await startForBooks(options);
  onTestFinished(stop);
  return schoolbell;
}

/** Schoolbell for the books of several tests, and a function that stops it. */
export async function startForBooks(
  options: BooksOptions,
): Promise<{ schoolbell: Schoolbell; stop: () => Promise<void> }> {
  const { backend = 'postgres', env, ...rest } = options;
  const redis = await redisFor(backend);
  const starting = startSchoolbell({
    ...(redis && { redisUrl: redis.url }),
    ...rest,
    env: { SWEEP_INTERVAL_MS: '500', ...env },
  });
  starting.catch(() => redis?.stop());
  const schoolbell = await starting;
  return {
    schoolbell,
    stop: async () => {
      await schoolbell.stop();
      await redis?.stop();
    },
  };
}
