import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  Customer,
  LONG_RUNS,
  startOwnPostgres,
  startReceiver,
  startSchoolbell,
  type OwnPostgres,
  type Receiver,
  type Schoolbell,
} from '../support/index.js';
import { commit, takeCourse, type Refusals } from './support/learner.js';

vi.setConfig({ testTimeout: 120_000 });

const LEARNERS = LONG_RUNS ? 300 : 30;
const PAGES = 10;
const EVENTS = ['session.launched', 'session.progress', 'session.completed'];
/** The events of each session, whatever happened meanwhile. */
const OF_ONE_COURSE = {
  'session.launched': 1,
  'session.progress': PAGES,
  'session.completed': 1,
};

describe('while commits of SCORM runtimes come', () => {
  let postgres: OwnPostgres;
  let schoolbell: Schoolbell;
  let otherApi: string;
  let customer: Customer;
  let receiver: Receiver;
  let packageId: string;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    schoolbell = await startSchoolbell({
      database: postgres.database,
      env: { SWEEP_INTERVAL_MS: '500' },
    });
    otherApi = await schoolbell.addApi();
    customer = new Customer(schoolbell);
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await schoolbell?.stop();
    await receiver?.close();
    await postgres?.remove();
  });

  beforeEach(async () => {
    receiver.requests.length = 0;
    ({ packageId } = await customer.webhook(receiver.url, {
      events: EVENTS,
      format: 'standard-webhooks',
    }));
  });

  const launch = (session: Record<string, unknown> = {}): Promise<string> =>
    customer.launches({
      sessionId: `ses_${randomUUID()}`,
      packageId,
      learnerId: 'learner-42',
      ...session,
    });

  /** Learners who take their courses at the same time, each with one API or with both in turn. */
  async function classroom({ atBothApis }: { atBothApis: boolean }): Promise<Promise<Refusals>[]> {
    const urls = await Promise.all(Array.from({ length: LEARNERS }, () => launch()));
    return urls.map((url) =>
      takeCourse(atBothApis ? [url, elsewhere(url)] : [url], PAGES, 100 + Math.random() * 100),
    );
  }

  const elsewhere = (url: string): string => url.replace(schoolbell.apiUrl, otherApi);

  /** What is stored of each session equals what the webhook got: each event once. */
  async function booksBalance(sessions: number): Promise<void> {
    const each = Object.values(OF_ONE_COURSE).reduce((sum, count) => sum + count, 0);
    const requests = await receiver.waitFor(sessions * each, 30_000);
    const got = requests.map(({ body, headers }) => ({
      id: String(headers['webhook-id']),
      event: JSON.parse(body) as { type: string; data: { sessionId: string } },
    }));
    const perSession = Map.groupBy(got, ({ event }) => event.data.sessionId);
    expect(perSession.size).toBe(sessions);
    for (const [sessionId, ofSession] of perSession) {
      const counts = Object.fromEntries(
        EVENTS.map((type) => [type, ofSession.filter(({ event }) => event.type === type).length]),
      );
      expect(counts, sessionId).toEqual(OF_ONE_COURSE);
    }
    expect(new Set(got.map(({ id }) => id)).size).toBe(got.length);
    const stored = await postgres.database.query<{ count: number }>(
      'SELECT count(*)::integer AS count FROM events WHERE package_id = $1',
      [packageId],
    );
    expect([stored[0]!.count, receiver.requests.length]).toEqual([sessions * each, got.length]);
  }

  const total = (all: Refusals[], what: keyof Refusals): number =>
    all.reduce((sum, refusals) => sum + refusals[what], 0);

  it('the API is killed: each runtime repeats what had no answer, and each event comes once', async () => {
    const learners = await classroom({ atBothApis: false });
    await sleep(500);
    await schoolbell.api.kill();
    schoolbell.api.restart();
    const refusals = await Promise.all(learners);
    expect(total(refusals, 'unanswered')).toBeGreaterThan(0);
    await booksBalance(LEARNERS);
  });

  it('Postgres is away: runtimes get their SCORM error, repeat, and each event comes once', async () => {
    const learners = await classroom({ atBothApis: false });
    await sleep(300);
    await postgres.shutDown();
    await sleep(500);
    await postgres.startAgain();
    const refusals = await Promise.all(learners);
    expect(total(refusals, 'refused')).toBeGreaterThan(0);
    await booksBalance(LEARNERS);
  });

  it('two APIs take the commits of each session in turn: each event comes once', async () => {
    const refusals = await Promise.all(await classroom({ atBothApis: true }));
    expect([total(refusals, 'refused'), total(refusals, 'unanswered')]).toEqual([0, 0]);
    await booksBalance(LEARNERS);
  });

  it('two APIs take the same commits of one session at once: it is completed once', async () => {
    const url = await launch();
    const core = { lesson_status: 'completed', lesson_mode: 'normal' };
    const body = JSON.stringify({ cmi: { core }, commitSequence: 1 });
    const none = { refused: 0, unanswered: 0 };
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => commit(i % 2 ? url : elsewhere(url), body, none)),
    );
    const types = await postgres.database.query<{ type: string }>(
      'SELECT type FROM events WHERE package_id = $1 ORDER BY id',
      [packageId],
    );
    expect(types.map(({ type }) => type)).toEqual(EVENTS);
  });
});
