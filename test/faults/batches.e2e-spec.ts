import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import {
  describeOnEachQueue,
  ownRedisAvailable,
  startOwnRedis,
  type QueueBackend,
} from '../support/index.js';
import { closeBatchBooks } from './support/batch-books.js';
import { LOAD, openBooks, type BooksOptions } from './support/open-books.js';

const BATCHES = {
  format: 'xapi',
  authentication: { type: 'none' },
  delivery: { mode: 'batch', maxEvents: 20, intervalSeconds: 1 },
};

async function openBatchBooks(options: BooksOptions) {
  const books = await openBooks({ dispatchers: 2, webhooks: 0, ...options });
  const { schoolbell, receiver, ledger } = books;
  await ledger.addWebhook('/batches', BATCHES);
  const close = async () => {
    await ledger.settled();
    return closeBatchBooks(schoolbell.database, receiver, ledger.poster.promised.size);
  };
  return { ...books, close };
}

describeOnEachQueue('events that are collected for batches', (backend: QueueBackend) => {
  it('are all delivered when a dispatcher is killed with batches in flight, and sent again in the same batches', async () => {
    const { schoolbell, receiver, ledger, close } = await openBatchBooks({ backend });
    receiver.answerAll({ status: 200, delayMs: 300 });
    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(2);
    await schoolbell.dispatchers[0]!.kill();
    await schoolbell.dispatchers[1]!.kill();
    schoolbell.addDispatcher();
    await posting;
    const { repeats, interrupted, requests } = await close();
    expect(repeats).toBeGreaterThan(0);
    expect(interrupted).toBeGreaterThanOrEqual(repeats);
    expect(requests).toBeLessThan(LOAD.events / 5);
  });
});

it('events that are collected for batches are all delivered, once, when the API is killed while they are collected', async () => {
  const { schoolbell, ledger, close } = await openBatchBooks({});
  const posting = ledger.poster.post(LOAD);
  await sleep(700);
  await schoolbell.api.kill();
  schoolbell.api.restart();
  await schoolbell.ready();
  await posting;
  expect(await close()).toMatchObject({ repeats: 0, interrupted: 0 });
});

it.skipIf(!ownRedisAvailable())(
  'events that are collected for batches are all delivered, once, while Redis is away',
  async () => {
    const redis = await startOwnRedis();
    onTestFinished(() => redis.stop());
    const { ledger, receiver, close } = await openBatchBooks({ redisUrl: redis.url });
    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(1);
    await redis.kill();
    await posting;
    expect(await close()).toMatchObject({ repeats: 0, interrupted: 0 });
    await redis.restart();
  },
);
