import { expect } from 'vitest';
import { apiClient, eventually, type ReceivedRequest } from '../../support/index.js';
import type { UnderLoad } from './open-books.js';

/**
 * Settings with which a sweep comes once a minute, so that what comes sooner was woken. The first sweep of a dispatcher
 * that starts comes at once.
 */
export const HARDLY_SWEPT = { SWEEP_INTERVAL_MS: '60000' };

const RETRY_SECONDS = 1;
/** What stretches a retry, the slot of its wake, and a busy machine. */
const LATE_MS = 1000;
const SOME = { events: 40, perSecond: 100 };
const SLOW_MACHINE = { timeoutMs: 30_000 };

/** Registers a webhook that takes each delivery at the second attempt: the wakes for retries go through Redis. */
export async function addFlakyWebhook({ ledger, receiver }: UnderLoad): Promise<void> {
  receiver.answer('/flaky', ({ headers }) => (headers['x-schoolbell-attempt'] === '1' ? 500 : 200));
  await ledger.addWebhook('/flaky', { retrySchedule: [RETRY_SECONDS], autoPauseAfter: 0 });
}

/**
 * Has a new dispatcher find the retries whose wakes were lost with a Redis. Then it stops: those that lived through the
 * fault have to go on by themselves.
 */
export async function sweepOnce({ schoolbell, ledger }: UnderLoad): Promise<void> {
  await eventually(async () => {
    const [row] = await schoolbell.database.query(
      'SELECT count(*)::integer AS later FROM due_deliveries WHERE due_at > now()',
    );
    expect(row).toEqual({ later: 0 });
  }, SLOW_MACHINE);
  const sweeper = schoolbell.addDispatcher();
  // Stopped before it is up, it would die of the signal.
  await eventually(() => sweeper.logs.includes('dispatching'), SLOW_MACHINE);
  await ledger.settled();
  expect(await sweeper.term()).toBe(0);
}

/** The API finds the queue up, and events of these books are retried when they are due. */
export async function expectWakesToGoOn(books: UnderLoad): Promise<void> {
  await expectQueue(books, 'up');
  const { ledger, receiver } = books;
  const before = receiver.requests.length;
  await ledger.poster.post(SOME);
  await ledger.settled();
  const requests = receiver.requests.slice(before).filter(({ path }) => path === '/flaky');
  const late = latenesses(requests);
  expect(late).toHaveLength(SOME.events);
  expect(late[SOME.events / 2], `the median of ${late.join(', ')} ms`).toBeLessThan(LATE_MS);
}

/** Resolves once `/health/ready` says this of the queue, and 200 all the while. */
export async function expectQueue(
  { schoolbell }: UnderLoad,
  expected: 'up' | 'degraded',
): Promise<void> {
  await eventually(async () => {
    const { status, body } = await apiClient(schoolbell.apiUrl).get('/health/ready');
    expect([status, body.checks.queue.status]).toEqual([200, expected]);
  }, SLOW_MACHINE);
}

/** How long after it was due each retry came, in ms, sorted. */
function latenesses(requests: readonly ReceivedRequest[]): number[] {
  const ofEach = Map.groupBy(requests, ({ headers }) => headers['webhook-id']);
  const late = [...ofEach.values()].map(
    ([first, second]) => second!.at - first!.at - RETRY_SECONDS * 1000,
  );
  return late.toSorted((a, b) => a - b);
}
