import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import {
  apiClient,
  describeOnEachQueue,
  eventually,
  type Schoolbell,
  type TestDatabase,
} from '../support/index.js';
import { openBooks, startForBooks, type UnderLoad } from './support/open-books.js';
import { failWrites, setReadOnly } from './support/refuse-writes.js';

const LEASE_SECONDS = 5;
/** Every lease that existed before has ended after this time. */
const LONGER_THAN_A_LEASE_MS = 6500;
const settings = { env: { LEASE_SECONDS: String(LEASE_SECONDS) }, dispatchers: 2 };

/** Shared by all tests whose queue is in Postgres. */
let running: Schoolbell;
beforeAll(async () => {
  const started = await startForBooks(settings);
  running = started.schoolbell;
  return started.stop;
});

/** Posts before, while and after something is wrong with Postgres. */
async function postMeanwhile(
  { receiver, ledger, schoolbell }: UnderLoad,
  begin: (database: TestDatabase) => Promise<() => Promise<void>>,
  meanwhile: () => Promise<void>,
): Promise<void> {
  receiver.answerAll({ status: 200, delayMs: 200 });
  let isOver = false;
  const posting = (async () => {
    do await ledger.poster.post({ events: 20, perSecond: 100 });
    while (!isOver);
  })();
  await receiver.waitFor(receiver.requests.length + 30);
  const end = await begin(schoolbell.database);
  await meanwhile();
  await end();
  isOver = true;
  await posting;
  await schoolbell.ready();
}

async function isNotReady({ apiUrl }: Schoolbell): Promise<void> {
  await eventually(async () => {
    const { status, headers, body } = await apiClient(apiUrl).get('/health/ready');
    expect([status, body.checks.postgres.status]).toEqual([503, 'down']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
}

/** Writing requests are refused politely; `GET` still works. */
async function refusesWrites({ apiUrl, tenantKey }: Schoolbell): Promise<void> {
  const api = apiClient(apiUrl, tenantKey);
  expect((await api.get('/v1/webhooks')).status).toBe(200);
  const data = { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' };
  const answers = await Promise.all([
    api.post('/v1/webhooks', { url: 'https://example.com/', events: ['session.completed'] }),
    api.post('/v1/events/batch', { events: [{ type: 'session.completed', data }] }),
    api.post('/v1/dead-letters/retry', { errorCode: 'timeout' }),
    api.post('/v1/api-keys', { name: 'one', permissions: ['webhooks:read'] }),
  ]);
  for (const { status, body, headers } of answers) {
    expect(body).toMatchObject({ status: 503, code: 'service_unavailable' });
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([503, true]);
  }
}

async function balances({ ledger, schoolbell }: UnderLoad): Promise<void> {
  const { deliveries, repeats } = await ledger.close();
  expect(deliveries).toEqual({ delivered: ledger.poster.promised.size * 3 });
  expect([ledger.poster.unanswered, repeats]).toEqual([0, 0]);
  expect(ledger.poster.refused).toBeGreaterThan(0);
  const services = [schoolbell.api, ...schoolbell.dispatchers];
  expect(services.every(({ alive }) => alive)).toBe(true);
}

describeOnEachQueue('Postgres', (backend) => {
  it('is read-only for longer than a lease: 503 and not ready meanwhile, nothing lost, nothing sent twice', async () => {
    const books = await openBooks(backend === 'postgres' ? { running } : { backend, ...settings });
    await postMeanwhile(books, setReadOnly, async () => {
      await isNotReady(books.schoolbell);
      await refusesWrites(books.schoolbell);
      await sleep(LONGER_THAN_A_LEASE_MS);
    });
    await balances(books);
  });
});

it('Postgres refuses writes since its disk is full, it is out of memory, its disk is broken: 503 and not ready meanwhile, nothing lost, nothing sent twice', async () => {
  const books = await openBooks({ running });
  for (const code of ['53100', '53200', '58030']) {
    await postMeanwhile(
      books,
      (database) => failWrites(database, ['due_deliveries', 'deliveries', 'attempts'], code),
      async () => {
        await isNotReady(books.schoolbell);
        await sleep(500);
      },
    );
  }
  await balances(books);
});

it('Postgres has no room for outcomes for longer than a lease: what was sent is recorded later, not sent again', async () => {
  const books = await openBooks({ running });
  const { receiver, ledger, schoolbell } = books;
  receiver.answerAll({ status: 200, delayMs: 500 });
  await ledger.poster.post({ events: 40, perSecond: 1000 });
  await receiver.waitFor(20);
  const end = await failWrites(schoolbell.database, ['attempts'], '53100');
  await sleep(LONGER_THAN_A_LEASE_MS);
  await end();
  const { deliveries, repeats } = await ledger.close();
  expect(deliveries).toEqual({ delivered: 40 * 3 });
  expect(repeats).toBe(0);
});
