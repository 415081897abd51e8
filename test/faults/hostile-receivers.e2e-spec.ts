import { expect, it, onTestFinished } from 'vitest';
import { describeOnEachQueue, LONG_RUNS } from '../support/index.js';
import { MISDEEDS, startHostileReceiver } from './support/hostile-receiver.js';
import { openBooks } from './support/open-books.js';

const LOAD = { events: LONG_RUNS ? 400 : 40, perSecond: 40 };

const inTime = { delivered: LOAD.events };
const failing = (error: string) => ({ [`dead: ${error}`]: LOAD.events });

/** What becomes of the deliveries to each. A 2xx counts, whatever follows it. */
const OUTCOMES = {
  '/resets': failing('connection_reset'),
  '/closes': failing('connection_reset'),
  '/drips': failing('timeout'),
  '/talks-nonsense': failing('invalid_response'),
  '/never-answers': failing('timeout'),
  '/never-ends': inTime,
  '/falls-silent': inTime,
  '/promises-more': inTime,
  '/sends-more': inTime,
  '/closes-after-answering': inTime,
  '/closes-when-used-again': inTime,
};

describeOnEachQueue('receivers that reset, drip, lie and never end', (backend) => {
  it('get what they deserve, and those beside them their webhooks, at the first attempt and in time', async () => {
    const env = { WEBHOOK_MAX_IN_FLIGHT: '40' };
    const { receiver, ledger } = await openBooks({ backend, env });
    const hostile = await startHostileReceiver((path, id) => receiver.count(path, id));
    onTestFinished(() => hostile.close());
    expect(Object.keys(OUTCOMES)).toEqual(Object.keys(MISDEEDS));
    for (const path of Object.keys(OUTCOMES)) {
      await ledger.addWebhookAt(hostile.urlOf(path), {
        timeoutSeconds: 3,
        retrySchedule: [1],
        autoPauseAfter: 0,
      });
    }
    await ledger.poster.post(LOAD);
    const lastPost = Date.now();

    const { repeats, interrupted, byWebhook } = await ledger.close();
    expect([repeats, interrupted]).toEqual([0, 0]);
    for (const [path, deliveries] of Object.entries(OUTCOMES)) {
      // A connection that was closed while idle, or as it was used again, is no failed attempt.
      const attempts = LOAD.events * (deliveries === inTime ? 1 : 2);
      expect([path, byWebhook[path]]).toEqual([path, { deliveries, attempts }]);
    }
    for (const path of ['/0', '/1', '/2']) {
      expect(byWebhook[path]).toEqual({ deliveries: inTime, attempts: LOAD.events });
    }
    expect(receiver.requests.at(-1)!.at - lastPost).toBeLessThan(5000);
  });
});
