import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { describeOnEachQueue } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

const GRACE_SECONDS = 10;

describeOnEachQueue('API and dispatcher are told to stop (SIGTERM) under load', (backend) => {
  it('and exit with 0 within the grace period: nothing is lost, nothing sent twice', async () => {
    const env = { SHUTDOWN_GRACE_SECONDS: String(GRACE_SECONDS) };
    const { schoolbell, receiver, ledger } = await openBooks({ backend, env, dispatchers: 2 });
    receiver.answerAll({ status: 200, delayMs: 100 });
    const posting = ledger.poster.post(LOAD);
    await receiver.waitFor(LOAD.events);
    const before = performance.now();
    const stopped = [schoolbell.api, ...schoolbell.dispatchers].map((service) => service.term());
    expect(await Promise.all(stopped)).toEqual([0, 0, 0]);
    expect(performance.now() - before).toBeLessThan(GRACE_SECONDS * 1000);

    await sleep(200);
    schoolbell.api.restart();
    for (const dispatcher of schoolbell.dispatchers) dispatcher.restart();
    await posting;
    const { deliveries, repeats, interrupted } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 3 });
    expect([repeats, interrupted]).toEqual([0, 0]);
  });
});
