import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { describeOnEachQueue, startOwnPostgres, type TestDatabase } from '../support/index.js';
import { LOAD, openBooks } from './support/open-books.js';

/**
 * Longer than Postgres is away, on a busy machine too: what is in flight is recorded afterwards, not taken over. What
 * a lost claim leased waits it out.
 */
const env = { LEASE_SECONDS: '15' };

const endConnections = ({ query }: TestDatabase) =>
  query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

describeOnEachQueue('Postgres', (backend) => {
  it('ends its connections, or is restarted: 503 with Retry-After meanwhile, and no 202 is lost', async () => {
    const postgres = await startOwnPostgres();
    onTestFinished(() => postgres.remove());
    const { database } = postgres;
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
    // Nobody had to start anew for that.
    expect(services.map(({ pid, alive }) => alive && pid)).toEqual(pids);
  });
});
