import { randomBytes, randomUUID } from 'node:crypto';
import {
  databaseFaultOf,
  isDatabaseUnavailable,
  openDatabase,
  type Database,
} from '@schoolbell/persistence';
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
      // The idle connections broke too, and each pool notices its own sooner or later.
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

  it.each([
    ['25006', 'outage'],
    ['53100', 'outage'],
    ['53200', 'outage'],
    ['58030', 'outage'],
    ['42P01', 'outage'],
    ['40001', 'collision'],
    ['57014', 'too_much'],
    ['55P03', 'too_much'],
    ['22001', 'row'],
    ['23505', 'row'],
  ])('error %s of Postgres is "%s" by every way in', async (code, fault) => {
    await database.query(
      `CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`,
    );
    await database.query(
      'CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON tenants EXECUTE FUNCTION fail()',
    );
    const id = randomUUID();
    const insert = `INSERT INTO tenants (id, name) VALUES ('${id}', 'Acme')`;
    const tenant = { data: { id, name: 'Acme' } };
    const errors = await Promise.all(
      [
        db.dispatchPool.query(insert),
        db.prisma.$executeRawUnsafe(insert),
        db.prisma.tenant.create(tenant),
        db.prisma.$transaction(async (tx) => tx.tenant.create(tenant)),
      ].map((run) => run.catch((error: unknown) => error)),
    );
    expect(errors.map(databaseFaultOf)).toEqual([fault, fault, fault, fault]);
    await database.query('DROP TRIGGER fail ON tenants');
  });
});
