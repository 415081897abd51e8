import { beforeAll, expect, it } from 'vitest';
import {
  describeOnEachQueue,
  eventually,
  type ReceivedRequest,
  type Schoolbell,
} from '../support/index.js';
import { LOAD, openBooks, startForBooks } from './support/open-books.js';

/** Requests of a webhook that one dispatcher has under way at once. */
const MOST_IN_FLIGHT = 2;
const ANSWER_MS = 200;

describeOnEachQueue('several dispatchers at once', (backend) => {
  let running: Schoolbell;
  beforeAll(async () => {
    const env = { WEBHOOK_MAX_IN_FLIGHT: String(MOST_IN_FLIGHT) };
    const started = await startForBooks({ backend, env, dispatchers: 0 });
    running = started.schoolbell;
    return started.stop;
  });

  it.each([2, 5])(
    'claim each delivery once, and send more than fewer of them could: %d of them',
    async (dispatchers) => {
      while (running.dispatchers.length < dispatchers) running.addDispatcher();
      const areUp = () => running.dispatchers.every(({ logs }) => logs.includes('dispatching'));
      await eventually(areUp, { timeoutMs: 60_000 });
      const { receiver, ledger } = await openBooks({ running });
      receiver.answerAll({ status: 200, delayMs: ANSWER_MS });
      const events = (LOAD.events * dispatchers) / 5;
      await ledger.poster.post({ ...LOAD, events });
      const { deliveries, repeats, interrupted } = await ledger.close();
      expect(deliveries).toEqual({ delivered: events * 3 });
      expect([repeats, interrupted]).toEqual([0, 0]);
      const toOne = receiver.requests.filter(({ path }) => path === '/0');
      expect(mostAtOnce(toOne)).toBeGreaterThan((dispatchers / 2) * MOST_IN_FLIGHT);
    },
  );
});

/** The most requests that arrived within the time that the receiver takes for one answer. */
function mostAtOnce(requests: readonly ReceivedRequest[]): number {
  const counts = requests.map(({ at }, index) =>
    requests.slice(index).findIndex((later) => later.at >= at + ANSWER_MS),
  );
  return Math.max(...counts);
}
