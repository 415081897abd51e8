import { randomBytes } from 'node:crypto';
import { openDatabase, requireSessions, type Database } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openBooks } from '../faults/support/open-books.js';
import { createDatabase, type TestDatabase } from '../support/index.js';
import { findPgBouncer } from '../support/find-pgbouncer.js';
import { startPgBouncer, type PoolMode, type TestPgBouncer } from '../support/start-pgbouncer.js';

const pgBouncer = await findPgBouncer();

/** Its time zone is not that of anybody here, and commits wait, as on a server that is worth something. */
async function foreignDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  const { pathname } = new URL(database.url);
  const alter = `ALTER DATABASE ${pathname.slice(1)}`;
  await database.query(`${alter} SET timezone = 'Asia/Tokyo'`);
  await database.query(`${alter} SET synchronous_commit = on`);
  return database;
}

function pooler(mode: PoolMode, url: string, settings = {}): Promise<TestPgBouncer> {
  return startPgBouncer({ binary: pgBouncer!.binary, mode, url, settings });
}

/** What each pool pins, beside what all have. */
const PINNED = {
  dispatchPool: {
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    enable_bitmapscan: 'off',
    lock_timeout: '1s',
    statement_timeout: '10s',
  },
  intakePool: {
    plan_cache_mode: 'force_generic_plan',
    enable_seqscan: 'off',
    enable_hashjoin: 'on',
    statement_timeout: '30s',
  },
  listPool: { plan_cache_mode: 'force_custom_plan', enable_seqscan: 'on', statement_timeout: '3s' },
  wakePool: { synchronous_commit: 'off' },
  servingPool: { plan_cache_mode: 'auto', enable_seqscan: 'on', synchronous_commit: 'on' },
} as const;
const OF_ALL = { TimeZone: 'UTC', jit: 'off', idle_in_transaction_session_timeout: '1min' };

const SETTINGS = 'SELECT name, current_setting(name) AS value FROM unnest($1::text[]) AS name';

interface Way {
  way: string;
  mode?: PoolMode;
  sharesSessions?: boolean;
}
const WAYS: Way[] = [
  { way: 'Postgres itself' },
  { way: 'Postgres itself, as if others had its sessions too', sharesSessions: true },
];
if (pgBouncer) WAYS.push({ way: 'PgBouncer by session', mode: 'session' });
if (pgBouncer?.keepsStatementsApart) {
  WAYS.push({ way: 'PgBouncer by transaction', mode: 'transaction', sharesSessions: true });
}

describe.each(WAYS)('through $way', ({ mode, sharesSessions = false }) => {
  let database: TestDatabase;
  let through: TestPgBouncer | undefined;
  let db: Database;
  let urls: { url: string; directUrl?: string };
  beforeAll(async () => {
    database = await foreignDatabase();
    through = mode && (await pooler(mode, database.url));
    const url = through?.through(database.url) ?? database.url;
    urls = sharesSessions ? { url, directUrl: database.url } : { url };
    db = openDatabase({ ...urls, encryptionKeys: [randomBytes(32)] });
  });
  afterAll(async () => {
    await db.close();
    await through?.stop();
    await database.drop();
  });

  it('every statement has the settings of its pool: planner, timeouts and UTC', async () => {
    await requireSessions(urls);
    const pools = Object.entries(PINNED) as [keyof typeof PINNED, Record<string, string>][];
    // One after the other, so that they get each other's sessions.
    for (const [pool, pinned] of [...pools, ...pools]) {
      const wanted = { ...OF_ALL, ...pinned };
      const { rows } = await db[pool].query(SETTINGS, [Object.keys(wanted)]);
      expect(Object.fromEntries(rows.map(({ name, value }) => [name, value])), pool).toEqual(
        wanted,
      );
    }
    const [row] = await db.prisma.$queryRaw<{ value: string }[]>`
      SELECT current_setting('TimeZone') AS value`;
    expect(row).toEqual({ value: 'UTC' });
  });

  it('a plan is the pinned one where plans are pinned, and what Postgres likes elsewhere', async () => {
    const text = 'EXPLAIN SELECT count(*) FROM webhooks w JOIN tenants t ON t.name = w.description';
    const planOf = async (pool: 'dispatchPool' | 'servingPool') =>
      (await db[pool].query({ name: 'explain', text })).rows.map((row) => row['QUERY PLAN']).join();
    expect(await planOf('servingPool')).toMatch(/Hash Join|Merge Join/);
    expect(await planOf('dispatchPool')).toContain('Nested Loop');
    expect(await planOf('servingPool')).toMatch(/Hash Join|Merge Join/);
  });

  it('a statement commits or fails as a whole, and says why it failed', async () => {
    const id = '00000000-0000-7000-8000-000000000001';
    const insert = { name: 'insert', text: 'INSERT INTO tenants (id, name) VALUES ($1, $2)' };
    await db.dispatchPool.query({ ...insert, values: [id, 'Acme'] });
    const again = db.intakePool.query({ ...insert, values: [id, 'Acme'] });
    await expect(again).rejects.toMatchObject({ code: '23505' });
    const create = db.prisma.tenant.create({ data: { id, name: 'Acme' } });
    await expect(create).rejects.toMatchObject({ code: 'P2002' });
    await db.prisma.$transaction((tx) => tx.tenant.delete({ where: { id } }));
    expect(await database.query('SELECT FROM tenants WHERE id = $1', [id])).toEqual([]);
  });

  it.skipIf(mode === undefined)(
    'under load each event is delivered once, and a dead dispatcher is seen',
    async () => {
      const { url, directUrl } = urls;
      const { ledger, receiver, schoolbell } = await openBooks({
        database,
        env: {
          DATABASE_URL: url,
          ...(directUrl && { DATABASE_DIRECT_URL: directUrl }),
          // It is wakes that have to arrive.
          SWEEP_INTERVAL_MS: '60000',
        },
      });
      await ledger.poster.post({ events: 200, perSecond: 200 });
      await receiver.waitFor(600);
      const { deliveries, repeats } = await ledger.close();
      expect(deliveries).toEqual({ delivered: 600 });
      expect([ledger.poster.refused, ledger.poster.unanswered, repeats]).toEqual([0, 0, 0]);

      receiver.answerAll({ status: 200, delayMs: 500 });
      await ledger.poster.post({ events: 1, perSecond: 1 });
      await receiver.waitFor(603);
      await schoolbell.dispatchers[0]!.kill();
      schoolbell.dispatchers[0]!.restart();
      // Its lease of 55 s is not waited for.
      await receiver.waitFor(606);
      expect((await ledger.close()).deliveries).toEqual({ delivered: 603 });
      expect(schoolbell.dispatchers[0]!.logs).toContain('dispatcher.taken_over');
    },
  );
});

describe.skipIf(!pgBouncer)('the start says what a pooler lacks', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase();
    return () => database.drop();
  });

  async function refusal(mode: PoolMode, direct?: (through: string) => string, settings = {}) {
    const through = await pooler(mode, database.url, settings);
    onTestFinished(() => through.stop());
    const url = through.through(database.url);
    const directUrl = direct?.(url);
    return requireSessions({ url, directUrl }).then(
      () => 'nothing',
      (error: Error) => error.message,
    );
  }

  it('DATABASE_URL shares sessions, and DATABASE_DIRECT_URL is missing', async () => {
    expect(await refusal('transaction')).toMatch(/^DATABASE_URL leads .* Set DATABASE_DIRECT_URL/);
  });

  it('DATABASE_DIRECT_URL leads through the pooler too', async () => {
    expect(await refusal('transaction', (url) => url)).toMatch(
      /^DATABASE_DIRECT_URL leads through/,
    );
  });

  it('the two lead to different databases', async () => {
    const elsewhere = new URL(database.url);
    elsewhere.pathname = '/postgres';
    expect(await refusal('transaction', () => elsewhere.href)).toMatch(/same database/);
  });

  it('PgBouncer does not keep prepared statements apart', async () => {
    const settings = pgBouncer!.keepsStatementsApart ? { max_prepared_statements: 0 } : {};
    const said = await refusal('transaction', () => database.url, settings);
    expect(said).toMatch(/PgBouncer 1\.21 or later/);
  });

  it('nothing, where sessions are whole', async () => {
    expect(await refusal('session')).toBe('nothing');
  });
});
