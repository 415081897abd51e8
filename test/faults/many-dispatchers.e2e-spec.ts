import { expect, it } from 'vitest';
import { describeOnEachQueue, type ReceivedRequest } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

/** Requests of a webhook that one dispatcher has on their way at once. */
const MOST_IN_FLIGHT = 2;
const ANSWER_MS = 200;

describeOnEachQueue('several dispatchers at once', (backend) => {
  it.each([2, 5])(
    'claim each delivery once, and send more than fewer of them could: %d of them',
    async (dispatchers) => {
      const env = { WEBHOOK_MAX_IN_FLIGHT: String(MOST_IN_FLIGHT) };
      const { receiver, ledger } = await openBooks({ backend, env, dispatchers });
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
