import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { LONG_RUNS, ownRedisAvailable, startOwnRedis } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

const AWAY_MS = LONG_RUNS ? 30_000 : 5_000;
const FROZEN_MS = LONG_RUNS ? 30_000 : 2_000;
const RETRY_SECONDS = 2;

it.skipIf(!ownRedisAvailable())(
  'while Redis is flushed, hangs, is gone and comes back empty, all is accepted and delivered on schedule',
  async () => {
    const redis = await startOwnRedis();
    onTestFinished(() => redis.stop());
    const { schoolbell, receiver, ledger } = await openBooks({
      redisUrl: redis.url,
      dispatchers: 2,
    });
    // So that retries are scheduled at any moment.
    await ledger.addWebhook('/flaky', { retrySchedule: [RETRY_SECONDS], autoPauseAfter: 0 });
    receiver.answer('/flaky', ({ headers }) =>
      headers['x-schoolbell-attempt'] === '1' ? 500 : 200,
    );

    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(50);
    await redis.flush();
    await receiver.waitFor(200);
    redis.freeze();
    await sleep(FROZEN_MS);
    redis.thaw();
    await redis.flush();
    await posting;

    const postingOn = ledger.poster.post(LOAD);
    await sleep(300);
    await redis.kill();
    const sentBefore = receiver.requests.length;
    await sleep(AWAY_MS);
    expect(receiver.requests.length).toBeGreaterThan(sentBefore);
    expect((await fetch(`${schoolbell.apiUrl}/health/ready`)).status).toBe(200);
    await redis.restart();
    await postingOn;
    await ledger.poster.post(LOAD);

    const { deliveries, repeats, byWebhook } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 * 4 });
    expect(byWebhook['/flaky']!.attempts).toBe(LOAD.events * 3 * 2);
    const retried = receiver.requests.filter(({ path }) => path === '/flaky');
    const ofEach = Map.groupBy(retried, ({ headers }) => headers['webhook-id']);
    for (const [first, second] of ofEach.values()) {
      expect(second!.at - first!.at).toBeGreaterThanOrEqual(RETRY_SECONDS * 1000);
    }
    expect([ledger.poster.refused, ledger.poster.unanswered, repeats]).toEqual([0, 0, 0]);
  },
);
