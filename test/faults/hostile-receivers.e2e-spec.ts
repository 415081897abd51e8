import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import {
  Customer,
  describeOnEachQueue,
  eventually,
  LONG_RUNS,
  startReceiver,
  startSchoolbell,
  type OwnWebhook,
  type Receiver,
} from '../support/index.js';
import { MISDEEDS, startHostileReceiver } from './support/hostile-receiver.js';
import { openBooks } from './support/open-books.js';

const LOAD = { events: LONG_RUNS ? 400 : 40, perSecond: 40 };
const HALF = { ...LOAD, events: LOAD.events / 2 };

const inTime = { delivered: LOAD.events };
const failing = (error: string) => ({ [`dead: ${error}`]: LOAD.events });

/** The outcome of the deliveries to each. A 2xx counts, whatever follows it. */
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
  '/hints-without-end': failing('invalid_response'),
  '/hints-ten-times': inTime,
  '/continues-unasked': inTime,
  '/closes-when-used-again': inTime,
};

/** They close kept-alive connections, possibly just as the next request is sent. */
const CLOSING = ['/closes-after-answering', '/closes-when-used-again'] as const;
type Closing = (typeof CLOSING)[number];
const isClosing = (path: string): path is Closing => CLOSING.some((closing) => closing === path);

describeOnEachQueue('receivers that reset, drip, lie and never end', (backend) => {
  it('get what they deserve, and those beside them their webhooks, at the first attempt and in time', async () => {
    const env = { WEBHOOK_MAX_IN_FLIGHT: '40' };
    const { receiver, ledger } = await openBooks({ backend, env });
    const start = async () => {
      const started = await startHostileReceiver((path, id) => receiver.count(path, id));
      onTestFinished(() => started.close());
      return started;
    };
    const hostile = await start();
    // On their own ports, so that no other request uses a connection that they close.
    const closing = { [CLOSING[0]]: await start(), [CLOSING[1]]: await start() };
    expect(Object.keys(OUTCOMES)).toEqual(Object.keys(MISDEEDS));
    for (const path of Object.keys(OUTCOMES)) {
      await ledger.addWebhookAt((isClosing(path) ? closing[path] : hostile).urlOf(path), {
        timeoutSeconds: 3,
        // A request that was cut on a reused connection does not wait for the schedule.
        retrySchedule: [isClosing(path) ? 3600 : 1],
        autoPauseAfter: 0,
      });
    }
    const [, cuts] = CLOSING;
    await ledger.poster.post(HALF);
    // On a busy machine all of them may go out at once, each on a connection of its own: the others find these idle.
    await eventually(() => closing[cuts].requestsAt(cuts) >= HALF.events);
    await ledger.poster.post(HALF);
    const lastPost = Date.now();

    const { repeats, interrupted, byWebhook } = await ledger.close();
    expect([repeats, interrupted]).toEqual([0, 0]);
    for (const [path, deliveries] of Object.entries(OUTCOMES)) {
      const attempts = LOAD.events * (deliveries === inTime ? 1 : 2);
      if (isClosing(path)) expect([path, byWebhook[path]?.deliveries]).toEqual([path, inTime]);
      else expect([path, byWebhook[path]]).toEqual([path, { deliveries, attempts }]);
    }
    // The log shows each request that a receiver read and then cut.
    expect(byWebhook[cuts]?.attempts).toBe(closing[cuts].requestsAt(cuts));
    expect(byWebhook[cuts]?.attempts).toBeGreaterThan(LOAD.events);
    for (const path of ['/0', '/1', '/2']) {
      expect(byWebhook[path]).toEqual({ deliveries: inTime, attempts: LOAD.events });
    }
    expect(receiver.requests.at(-1)!.at - lastPost).toBeLessThan(5000);
  });
});

it('a receiver that answers 103 without end leaves the p50 of the one beside it within twice', async () => {
  const schoolbell = await startSchoolbell();
  onTestFinished(() => schoolbell.stop());
  const [receiver, hostile] = [await startReceiver(), await startHostileReceiver(() => undefined)];
  onTestFinished(() => receiver.close());
  onTestFinished(() => hostile.close());
  const customer = new Customer(schoolbell);
  const [quiet, flooded] = [
    await customer.webhook(receiver.url),
    await customer.webhook(receiver.url),
  ];
  const flooding = await customer.webhook(hostile.urlOf('/hints-without-end'), {
    scopes: { packageIds: [flooded.packageId] },
    retrySchedule: [3600],
    autoPauseAfter: 0,
  });
  const allEnded = async (attempts: number): Promise<void> => {
    const deliveries = await customer.deliveries(flooding);
    expect(deliveries.map(({ lastAttempt }) => lastAttempt?.errorCode)).toEqual(
      Array(attempts).fill('invalid_response'),
    );
  };

  await p50Of(customer, quiet, receiver); // Compiles what is measured.
  const times: number[] = [];
  for (let round = 1; round <= 3; round++) {
    const alone = await p50Of(customer, quiet, receiver);
    times.push((await p50Of(customer, flooded, receiver)) / alone);
    await eventually(() => allEnded(round * EVENTS));
  }
  // A receiver that slows others down does so in every round; a machine that is busy is so in both halves of one.
  expect(Math.min(...times)).toBeLessThanOrEqual(2);
});

/** Events of one measurement. */
const EVENTS = 40;

/** The median of the milliseconds from posting to arrival, with one event every 10 ms. */
async function p50Of(customer: Customer, webhook: OwnWebhook, receiver: Receiver): Promise<number> {
  const postedAt = new Map<string, number>();
  const before = receiver.requests.length;
  for (let n = 0; n < EVENTS; n++) {
    const now = Date.now();
    postedAt.set(await customer.completes(webhook), now);
    await sleep(10);
  }
  const requests = (await receiver.waitFor(before + EVENTS, 30_000)).slice(before);
  const took = requests.map(({ at, body }) => at - postedAt.get(JSON.parse(body).id)!);
  return took.toSorted((a, b) => a - b)[EVENTS / 2]!;
}
