import { randomBytes } from 'node:crypto';
import { hasAsyncStandbyOnly, openDatabase } from '@schoolbell/persistence';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import {
  apiClient,
  databaseAt,
  eventually,
  startCuttableProxy,
  startOwnPostgres,
  startPostgresOn,
  type CuttableProxy,
  type OwnPostgres,
  type Schoolbell,
  type TestDatabase,
} from '../support/index.js';
import { Bookmark } from './support/bookmark.js';
import { openBooks, type UnderLoad } from './support/open-books.js';

/** Each test starts its own on a copy. */
let original: OwnPostgres;
beforeAll(async () => {
  original = await startOwnPostgres();
  return () => original.remove();
});

async function startPrimary(): Promise<OwnPostgres> {
  const primary = await startPostgresOn(await original.backUp());
  onTestFinished(() => primary.remove());
  return primary;
}

const placeOf = ({ url }: TestDatabase) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

async function proxyTo(database: TestDatabase): Promise<CuttableProxy> {
  const proxy = await startCuttableProxy(placeOf(database));
  onTestFinished(() => proxy.close());
  return proxy;
}

/** Schoolbell and its books; it knows the address only. */
async function booksAt(address: CuttableProxy, { url }: TestDatabase): Promise<UnderLoad> {
  const there = new URL(url);
  there.port = String(address.port);
  const env = { LEASE_SECONDS: '5' };
  const books = await openBooks({ database: databaseAt(there.href), env, dispatchers: 2 });
  books.receiver.answerAll({ status: 200, delayMs: 50 });
  return books;
}

async function waitForStandby(primary: TestDatabase): Promise<void> {
  await primary.query(`ALTER SYSTEM SET synchronous_standby_names = '*'`);
  await primary.query('SELECT pg_reload_conf()');
  await eventually(async () => {
    const standbys = await primary.query('SELECT sync_state FROM pg_stat_replication');
    expect(standbys).toEqual([{ sync_state: 'sync' }]);
  });
}

async function postgresCheck({ apiUrl }: Schoolbell) {
  const { status, body } = await apiClient(apiUrl).get('/health/ready');
  return { status, check: body.checks.postgres };
}

async function warnsOfAsyncStandby(schoolbell: Schoolbell): Promise<void> {
  const warning = expect.stringContaining('synchronous_standby_names');
  expect(await postgresCheck(schoolbell)).toEqual({
    status: 200,
    check: { status: 'up', warning },
  });
  await eventually(() =>
    expect(schoolbell.dispatchers[0]!.logs).toContain('database.standby_asynchronous'),
  );
}

async function isReadOnly(schoolbell: Schoolbell): Promise<void> {
  const detail = expect.stringContaining('read-only');
  await eventually(async () => {
    const check = { status: 'down', detail };
    expect(await postgresCheck(schoolbell)).toEqual({ status: 503, check });
  });
}

/** What it could read there may be old. */
async function neitherReadsNorWrites({ apiUrl, tenantKey }: Schoolbell): Promise<void> {
  const api = apiClient(apiUrl, tenantKey);
  const answers = await Promise.all([
    api.get('/v1/webhooks'),
    api.get('/v1/deliveries'),
    api.post('/v1/api-keys', { name: 'one', permissions: ['webhooks:read'] }),
  ]);
  for (const { status, headers } of answers) {
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([503, true]);
  }
}

/** Also to a user without the right to read all of `pg_stat_replication`. */
async function everybodySeesStandby({ url, query }: TestDatabase): Promise<void> {
  await query(`CREATE ROLE plain LOGIN PASSWORD 'plain'`);
  const asPlain = new URL(url);
  [asPlain.username, asPlain.password] = ['plain', 'plain'];
  const db = openDatabase({ url: asPlain.href, encryptionKeys: [randomBytes(32)] });
  expect(await hasAsyncStandbyOnly(db.servingPool)).toBe(true);
  await db.close();
}

function servicesOn({ query }: TestDatabase): Promise<unknown[]> {
  return query(
    `SELECT application_name FROM pg_stat_activity
     WHERE datname = current_database() AND application_name LIKE 'schoolbell%'`,
  );
}

it('the primary is killed and its synchronous standby promoted, and a demoted one has the address for a while: nothing lost, nothing sent twice', async () => {
  const primary = await startPrimary();
  const standby = await primary.addStandby();
  onTestFinished(() => standby.remove());
  const address = await proxyTo(primary.database);
  const books = await booksAt(address, primary.database);
  const { ledger, receiver, schoolbell } = books;
  await warnsOfAsyncStandby(schoolbell);
  await waitForStandby(primary.database);
  expect(await postgresCheck(schoolbell)).toEqual({ status: 200, check: { status: 'up' } });

  const endPosting = ledger.poster.postOn(100);
  await receiver.waitFor(100);
  await primary.kill();
  await standby.promote();
  address.leadTo(placeOf(standby.database));
  await receiver.waitFor(receiver.requests.length + 100);

  const demoted = await standby.addStandby();
  onTestFinished(() => demoted.remove());
  address.leadTo(placeOf(demoted.database));
  await address.cut();
  await address.mend();
  const refused = ledger.poster.refused;
  await isReadOnly(schoolbell);
  await neitherReadsNorWrites(schoolbell);
  await eventually(() => expect(ledger.poster.refused).toBeGreaterThan(refused));
  // Whoever stayed would stay for good: nothing cuts connections from now on.
  address.leadTo(placeOf(standby.database));
  await eventually(async () => expect((await postgresCheck(schoolbell)).status).toBe(200));
  await endPosting();

  const { deliveries, repeats } = await ledger.close();
  expect(deliveries).toEqual({ delivered: ledger.poster.promised.size * 3 });
  expect([ledger.poster.unanswered, repeats]).toEqual([0, 0]);
  expect(await servicesOn(demoted.database)).toEqual([]);
});

it('the primary is killed while its asynchronous standby is behind: what had reached the standby is neither lost nor sent twice', async () => {
  const primary = await startPrimary();
  const toStandby = await proxyTo(primary.database);
  const standby = await primary.addStandby({ primaryPort: toStandby.port });
  onTestFinished(() => standby.remove());
  const address = await proxyTo(primary.database);
  const books = await booksAt(address, primary.database);
  const { ledger, receiver } = books;
  await everybodySeesStandby(primary.database);

  const endPosting = ledger.poster.postOn(100);
  await receiver.waitFor(60);
  // What has arrived is recorded a moment later.
  const reached = await eventually(() => Bookmark.of(books));
  const [{ lsn } = {}] = await primary.database.query<{ lsn: string }>(
    'SELECT pg_current_wal_lsn() AS lsn',
  );
  await eventually(async () => {
    const behind = await primary.database.query(
      'SELECT FROM pg_stat_replication WHERE flush_lsn < $1',
      [lsn],
    );
    expect(behind).toEqual([]);
  });
  await toStandby.cut();
  const { size } = ledger.poster.promised;
  await eventually(() => expect(ledger.poster.promised.size).toBeGreaterThan(size + 30));
  await primary.kill();
  await standby.promote();
  address.leadTo(placeOf(standby.database));
  await endPosting();

  await ledger.settled();
  const { gone, twice } = await reached.holdsOn(standby.database);
  // The test would see it.
  expect([gone > 0, twice > 0]).toEqual([true, true]);
});
