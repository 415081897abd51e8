import { onTestFinished, vi } from 'vitest';
import {
  LONG_RUNS,
  redisFor,
  startSchoolbell,
  type QueueBackend,
  type Schoolbell,
  type SchoolbellOptions,
} from '../../support/index.js';
import { Ledger } from './ledger.js';
import type { Load } from './poster.js';
import { ReceiverUnderLoad } from './receiver-under-load.js';

/** Faults take seconds; on a machine that is busy with other suites they take many. */
vi.setConfig({ testTimeout: LONG_RUNS ? 300_000 : 120_000 });

/** What every test posts: enough that faults hit in the middle, little enough for two busy cores. */
export const LOAD: Load = { events: LONG_RUNS ? 2000 : 200, perSecond: 100 };

/** For tests that lose a dispatcher: what it held is taken over within the test. */
export const QUICK_TAKE_OVER = { LEASE_SECONDS: '4' };

export interface UnderLoad {
  schoolbell: Schoolbell;
  receiver: ReceiverUnderLoad;
  ledger: Ledger;
}

export interface BooksOptions extends SchoolbellOptions {
  backend?: QueueBackend;
  /** Webhooks that want every event, at `/0`, `/1` and so on. Default 3. */
  webhooks?: number;
}

/** Schoolbell, a receiver, webhooks and their books; taken down with the test. */
export async function openBooks(options: BooksOptions = {}): Promise<UnderLoad> {
  const { backend = 'postgres', webhooks = 3, env, ...rest } = options;
  const redis = await redisFor(backend);
  if (redis) onTestFinished(() => redis.stop());
  const receiver = await ReceiverUnderLoad.start();
  onTestFinished(() => receiver.close());
  const schoolbell = await startSchoolbell({
    ...(redis && { redisUrl: redis.url }),
    ...rest,
    env: { SWEEP_INTERVAL_MS: '500', ...env },
  });
  onTestFinished(() => schoolbell.stop());
  const ledger = new Ledger(schoolbell, receiver);
  for (let i = 0; i < webhooks; i++) await ledger.addWebhook(`/${i}`);
  return { schoolbell, receiver, ledger };
}
