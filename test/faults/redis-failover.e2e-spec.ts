import { expect, it, onTestFinished } from 'vitest';
import {
  following,
  ownRedisAvailable,
  startRedisCluster,
  startRedisWithSentinels,
  valkeyBinary,
} from '../support/index.js';
import { LOAD, openBooks, type UnderLoad } from './support/open-books.js';
import {
  addFlakyWebhook,
  expectQueue,
  expectWakesToGoOn,
  HARDLY_SWEPT,
  sweepOnce,
} from './support/wakes-go-on.js';

const WEBHOOKS = 3;
/** A key like all of the queue. */
const KEY = '{bull}:some-key';

async function openFlakyBooks(env: Record<string, string>): Promise<UnderLoad> {
  const books = await openBooks({ env: { ...HARDLY_SWEPT, ...env } });
  await addFlakyWebhook(books);
  return books;
}

async function closeBooks({ ledger }: UnderLoad): Promise<void> {
  const { deliveries, repeats, byWebhook } = await ledger.close();
  const events = ledger.poster.promised.size;
  expect(deliveries).toEqual({ delivered: events * (WEBHOOKS + 1) });
  expect(byWebhook['/flaky']!.attempts).toBe(events * 2);
  expect([ledger.poster.refused, ledger.poster.unanswered, repeats]).toEqual([0, 0, 0]);
}

it.skipIf(!ownRedisAvailable())(
  'while sentinels replace the master of Redis and the old one comes back as a replica, all is delivered, and wakes go on',
  async () => {
    const redis = await startRedisWithSentinels();
    onTestFinished(() => redis.stop());
    const books = await openFlakyBooks(redis.env);
    const { ledger, receiver } = books;
    const [first, second] = redis.servers;

    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(LOAD.events / 4);
    await redis.replaceTheDead(true);
    await first.kill();
    await expectQueue(books, 'degraded');
    await redis.isMaster(second);
    await redis.replaceTheDead(false);
    await first.start(following(second));
    await posting;

    // Now nobody dies, and no connection ends: the old master only takes no more writes.
    const postingOn = ledger.poster.post(LOAD);
    await redis.failOver();
    await redis.isMaster(first);
    await second.ask('REPLICAOF', '127.0.0.1', String(first.port));
    await postingOn;

    await sweepOnce(books);
    await expectWakesToGoOn(books);
    await closeBooks(books);
  },
);

it.skipIf(!ownRedisAvailable())(
  'while the node of a Redis Cluster that has the queue is killed, replaced and comes back, all is delivered, and wakes go on',
  async () => {
    // A cluster of Valkey, where there is one.
    const redis = await startRedisCluster({ binary: valkeyBinary() });
    onTestFinished(() => redis.stop());
    const books = await openFlakyBooks(redis.env);
    const { ledger, receiver } = books;
    const killed = await redis.masterOf(KEY);

    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(LOAD.events / 4);
    await killed.kill();
    await expectQueue(books, 'degraded');
    expect(await redis.masterOf(KEY)).not.toBe(killed);
    await killed.start();
    await redis.holdNobodyForDead();
    await posting;

    await sweepOnce(books);
    await expectWakesToGoOn(books);
    await closeBooks(books);
  },
);
