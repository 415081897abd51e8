import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, expect, it } from 'vitest';
import {
  describeOnEachQueue,
  LONG_RUNS,
  startOwnPostgres,
  type OwnPostgres,
  type TestDatabase,
} from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

/**
 * Longer than Postgres is away, even on a busy machine: attempts in flight are recorded afterwards, not taken over. The
 * deliveries of a lost claim wait until this ends.
 */
const env = { LEASE_SECONDS: '15' };

/** Much longer than a receiver takes here, even on a busy machine. */
const SHORT_LEASE_SECONDS = 5;

const endConnections = ({ query }: TestDatabase) =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

/** The server; each test has its own database in it. */
let postgres: OwnPostgres;
beforeAll(async () => {
  postgres = await startOwnPostgres();
  return () => postgres.remove();
});

describeOnEachQueue('Postgres', (backend) => {
  it('ends its connections, or is restarted: 503 with Retry-After meanwhile, and no 202 is lost', async () => {
    const database = await postgres.addDatabase();
    const { schoolbell, receiver, ledger } = await openBooks({ backend, env, database });
    const services = [schoolbell.api, ...schoolbell.dispatchers];
    const pids = services.map(({ pid }) => pid);
    receiver.answerAll({ status: 200, delayMs: 50 });
    const posting = ledger.poster.post(LOAD);
    for (let times = 0; times < 3; times++) {
      await sleep(400);
      await endConnections(database);
    }
    await posting;
    const postingOn = ledger.poster.post(LOAD);
    await sleep(400);
    await postgres.shutDown();
    await sleep(1000);
    await postgres.startAgain();
    await postingOn;
    expect(ledger.poster.refused).toBeGreaterThan(0);

    const { deliveries, repeats } = await ledger.close();
    expect(deliveries).toEqual({ delivered: LOAD.events * 2 * 3 });
    expect([ledger.poster.unanswered, repeats]).toEqual([0, 0]);
    // Refused posts waited in memory until they could be written.
    await expect
      .poll(() => database.query('SELECT DISTINCT status FROM event_rejections'))
      .toEqual([{ status: 503 }]);
    // No process had to restart for that.
    expect(services.map(({ pid, alive }) => alive && pid)).toEqual(pids);
  });

  it('is away for longer than a lease: what was sent before is recorded when it is back, not sent again', async () => {
    const { receiver, ledger } = await openBooks({
      backend,
      env: { LEASE_SECONDS: String(SHORT_LEASE_SECONDS) },
      database: await postgres.addDatabase(),
    });
    receiver.answerAll({ status: 200, delayMs: 500 });
    await ledger.poster.post({ events: 40, perSecond: 1000 });
    for (let times = 0; times < (LONG_RUNS ? 3 : 1); times++) {
      await receiver.waitFor(receiver.requests.length + 20);
      await postgres.shutDown();
      await sleep(SHORT_LEASE_SECONDS * 1500);
      await postgres.startAgain();
    }
    const { deliveries, repeats } = await ledger.close();
    expect(deliveries).toEqual({ delivered: 40 * 3 });
    expect(repeats).toBe(0);
  });

  it('crashes and recovers while leases end: what was sent before is recorded, not sent again', async () => {
    const database = await postgres.addDatabase();
    const { receiver, ledger } = await openBooks({ backend, database, env, dispatchers: 2 });
    receiver.answerAll({ status: 200, delayMs: 3000 });
    await ledger.poster.post({ events: 40, perSecond: 1000 });
    await receiver.waitFor(20);
    await database.query(
      `UPDATE due_deliveries SET leased_until = now() + interval '1.5 seconds'
       WHERE leased_until IS NOT NULL`,
    );
    await postgres.crash();

    const { deliveries, repeats } = await ledger.close();
    expect(deliveries).toEqual({ delivered: 40 * 3 });
    expect(repeats).toBe(0);
  });
});
