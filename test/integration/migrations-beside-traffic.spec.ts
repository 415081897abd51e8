import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, type MigrateOptions } from '@schoolbell/persistence';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, eventually, type TestDatabase } from '../support/index.js';

const NAME = '29990101000000_later';
const CONCURRENTLY = `-- outside a transaction
-- Finds what a tenant has waiting.
CREATE INDEX CONCURRENTLY IF NOT EXISTS due_deliveries_later_idx
  ON due_deliveries (tenant_id) WHERE NOT test;
`;
const PARTITIONED = `-- on each partition first
CREATE INDEX IF NOT EXISTS deliveries_later_idx ON deliveries (webhook_id) WHERE test;
`;

describe('a migration of a database that is in use', () => {
  let database: TestDatabase;
  let folder: string;
  let other: Client;
  beforeEach(async () => {
    database = await createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp('prisma/migrations', folder, { recursive: true });
    other = new Client({ connectionString: database.url, application_name: 'nightly report' });
    other.on('error', () => undefined);
    await other.connect();
  });
  afterEach(async () => {
    await other.end();
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const migrateWith = async (sql: string, options: MigrateOptions = {}): Promise<string[]> => {
    await mkdir(join(folder, NAME), { recursive: true });
    await writeFile(join(folder, NAME, 'migration.sql'), sql);
    return migrate(database.url, { folder, ...options });
  };
  const openTransaction = (sql: string) =>
    other.query(`BEGIN ISOLATION LEVEL REPEATABLE READ; ${sql}`);
  const indexes = (name: string) =>
    database.query<{ name: string; valid: boolean }>(
      `SELECT indexrelid::regclass::text AS name, indisvalid AS valid FROM pg_index
       WHERE indexrelid::regclass::text LIKE $1 ORDER BY 1`,
      [name],
    );
  const recorded = () =>
    database.query(
      `SELECT applied_steps_count AS steps, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE migration_name = $1`,
      [NAME],
    );
  const DONE = [{ steps: 1, finished: true }];
  const LATER = 'due_deliveries_later_idx';

  it('waits for a table in use, holds up nobody meanwhile, and goes on once it is free', async () => {
    await openTransaction('SELECT count(*) FROM due_deliveries');
    const lines: string[] = [];
    let ended = false;
    const migrating = migrateWith('ALTER TABLE due_deliveries ADD COLUMN later integer', {
      log: (line) => lines.push(line),
    }).finally(() => (ended = true));
    await eventually(() => lines.length > 0);
    expect(lines[0]).toMatch(/29990101000000_later waits for its tables: pid \d+ \(nightly report/);
    // If the migration waited for its lock the whole time, each of these would wait until the report ends.
    for (let i = 0; i < 5; i++) {
      await database.query(
        `SET statement_timeout = '5s'; INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
         SELECT new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), now()`,
      );
    }
    expect(ended).toBe(false);
    await other.query('COMMIT');
    expect(await migrating).toEqual([NAME]);
    expect(await database.query('SELECT later FROM due_deliveries')).toHaveLength(5);
  });

  it('gives up after a while, says who is in the way, and leaves nothing behind', async () => {
    await openTransaction('SELECT count(*) FROM due_deliveries');
    const sql = 'CREATE TABLE half (id int); ALTER TABLE due_deliveries ADD COLUMN later integer';
    await expect(migrateWith(sql, { patienceMs: 100 })).rejects.toMatchObject({
      code: 'migration_blocked',
      message: expect.stringMatching(/29990101000000_later.*nightly report, open for \d+ s/),
    });
    expect(await database.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await other.query('COMMIT');
    expect(await migrateWith(sql)).toEqual([NAME]);
  });

  it('builds an index while its table is written', async () => {
    await openTransaction(
      `INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
       SELECT new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), now()`,
    );
    const migrating = migrateWith(CONCURRENTLY);
    await eventually(async () => (await indexes(LATER)).length > 0);
    await database.query(
      `INSERT INTO due_deliveries (delivery_id, tenant_id, webhook_id, event_id, due_at)
       SELECT new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), now()`,
    );
    expect(await indexes(LATER)).toEqual([{ name: LATER, valid: false }]);
    await other.query('COMMIT');
    expect(await migrating).toEqual([NAME]);
    expect(await indexes(LATER)).toEqual([{ name: LATER, valid: true }]);
    expect(await recorded()).toEqual(DONE);
  });

  it('builds an index again that a crash left half-built', async () => {
    await openTransaction('LOCK TABLE due_deliveries IN ROW EXCLUSIVE MODE');
    const migrating = migrateWith(CONCURRENTLY);
    const failing = expect(migrating).rejects.toThrow();
    await eventually(async () => (await indexes(LATER)).length > 0);
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'schoolbell migrate' AND datname = current_database()`,
    );
    await failing;
    expect(await indexes(LATER)).toEqual([{ name: LATER, valid: false }]);
    expect(await recorded()).toEqual([]);
    await other.query('COMMIT');
    expect(await migrateWith(CONCURRENTLY)).toEqual([NAME]);
    expect(await indexes(LATER)).toEqual([{ name: LATER, valid: true }]);
    expect(await recorded()).toEqual(DONE);
  });

  it('is recorded when a crash came after the index was built', async () => {
    await database.query(CONCURRENTLY);
    expect(await migrateWith(CONCURRENTLY)).toEqual([NAME]);
    expect(await recorded()).toEqual(DONE);
  });

  it('builds an index once when several processes start at the same moment', async () => {
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrateWith(CONCURRENTLY)));
    expect(applied.filter((names) => names.length > 0)).toEqual([[NAME]]);
    expect(await indexes(LATER)).toEqual([{ name: LATER, valid: true }]);
  });

  it('builds an index of a partitioned table on each partition while it is written', async () => {
    await openTransaction('LOCK TABLE deliveries IN ROW EXCLUSIVE MODE');
    const migrating = migrateWith(PARTITIONED);
    await eventually(async () => (await indexes('deliveries_later_idx%')).length > 0);
    await database.query(
      `SET statement_timeout = '5s'; INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id)
       SELECT new_uuid_v7(), new_uuid_v7(), new_uuid_v7(), 'x', new_uuid_v7()`,
    );
    await other.query('COMMIT');
    expect(await migrating).toEqual([NAME]);
    const built = await indexes('deliveries_later_idx%');
    const [{ partitions }] = (await database.query(
      `SELECT count(*)::integer AS partitions FROM pg_inherits WHERE inhparent = 'deliveries'::regclass`,
    )) as [{ partitions: number }];
    expect(built).toHaveLength(partitions + 1);
    expect(built.every(({ valid }) => valid)).toBe(true);
    const attached = await database.query(
      `SELECT FROM pg_inherits WHERE inhparent = 'deliveries_later_idx'::regclass`,
    );
    expect(attached).toHaveLength(partitions);
  });

  it.each([
    ['outside a transaction', CONCURRENTLY],
    ['on each partition first', PARTITIONED],
  ])('%s can be run as "prisma migrate deploy" does: the file in one go', async (_mark, sql) => {
    await database.query(sql);
  });
});
