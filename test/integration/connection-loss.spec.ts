import { randomBytes } from 'node:crypto';
import { isDatabaseUnavailable, openDatabase, type Database } from '@schoolbell/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase, eventually, type TestDatabase } from '../support/index.js';

describe('when Postgres goes away and comes back', () => {
  let database: TestDatabase;
  let db: Database;
  const lost: Error[] = [];
  beforeAll(async () => {
    database = await createDatabase();
    db = openDatabase({
      url: database.url,
      encryptionKeys: [randomBytes(32)],
      onConnectionError: (error) => lost.push(error),
    });
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  const endConnections = () =>
    database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  const useAll = () =>
    Promise.all([
      db.intakePool.query('SELECT 1'),
      db.dispatchPool.query('SELECT 1'),
      db.prisma.tenant.count(),
    ]);

  it('idle connections that broke are told of and replaced, and the process lives on', async () => {
    await useAll();
    await endConnections();
    await eventually(() => expect(lost).toHaveLength(3));
    await useAll();
  });

  const sleepingAre = (count: number) =>
    eventually(async () => {
      const sleeping = await database.query(
        `SELECT 1 FROM pg_stat_activity
         WHERE query = 'SELECT pg_sleep(20)' AND datname = current_database()`,
      );
      expect(sleeping).toHaveLength(count);
    });

  it.each([
    ['pg', () => db.dispatchPool.query('SELECT pg_sleep(20)')],
    ['Prisma', () => db.prisma.$executeRaw`SELECT pg_sleep(20)`],
  ])(
    'a statement of %s that was under way fails as "unavailable", and the next ones work',
    async (_of, run) => {
      const running = run().catch((error: unknown) => error);
      await sleepingAre(1);
      await endConnections();
      expect(isDatabaseUnavailable(await running)).toBe(true);
      // The idle connections broke as well, and each pool hears of its own in its own time.
      await eventually(useAll);
    },
  );

  it('a transaction that gets no connection in time is told "unavailable"', async () => {
    const sleeping = Array.from({ length: 5 }, () =>
      db.prisma.$executeRaw`SELECT pg_sleep(20)`.catch(() => undefined),
    );
    await sleepingAre(5);
    const late = db.prisma.$transaction(async (tx) => tx.tenant.count());
    expect(isDatabaseUnavailable(await late.catch((error: unknown) => error))).toBe(true);
    await endConnections();
    await Promise.all(sleeping);
    await eventually(useAll);
  });

  it('a server that is not there is "unavailable" to every way in', async () => {
    const nowhere = new URL(database.url);
    nowhere.port = '1';
    const away = openDatabase({ url: nowhere.href, encryptionKeys: [randomBytes(32)] });
    const errors = await Promise.all([
      away.intakePool.query('SELECT 1').catch((error: unknown) => error),
      away.dispatchPool.query('SELECT 1').catch((error: unknown) => error),
      away.prisma.tenant.count().catch((error: unknown) => error),
    ]);
    expect(errors.map(isDatabaseUnavailable)).toEqual([true, true, true]);
    await away.close();
  });

  it('but a statement that is wrong is not taken for an outage', async () => {
    const wrong = await db.intakePool.query('SELECT nonsense').catch((error: unknown) => error);
    expect(isDatabaseUnavailable(wrong)).toBe(false);
  });
});
