import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase, pendingMigrations } from '@schoolbell/persistence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDatabase, type TestDatabase } from '../support/index.js';

const OURS = 'prisma/migrations';

describe('migrations', () => {
  let database: TestDatabase;
  let folder: string;
  beforeEach(async () => {
    database = await createDatabase();
    await database.query('DROP SCHEMA public CASCADE');
    await database.query('CREATE SCHEMA public');
    folder = await mkdtemp(join(tmpdir(), 'migrations-'));
    await cp(OURS, folder, { recursive: true });
  });
  afterEach(async () => {
    await database.drop();
    await rm(folder, { recursive: true });
  });

  const addMigration = async (name: string, sql: string): Promise<void> => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  };
  const migrateFolder = (): Promise<string[]> => migrate(database.url, { folder });

  it('build an empty database, say so, and have nothing to do the second time', async () => {
    const names = (await readdir(OURS, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .toSorted();
    const lines: string[] = [];
    expect(await migrate(database.url, { log: (line) => lines.push(line) })).toEqual(names);
    expect(lines).toHaveLength(names.length);
    expect(await database.query('SELECT * FROM deliveries')).toEqual([]);
    expect(await migrate(database.url)).toEqual([]);
  });

  it('that are not released lock one table at a time, and look at no row of it', async () => {
    const names = (await readdir(OURS)).filter((name) => name >= '20261130060000');
    for (const name of names) {
      const sql = await readFile(join(OURS, name, 'migration.sql'), 'utf8');
      const altered = [...sql.matchAll(/ALTER TABLE (\w+)/g)].map(([, table]) => table);
      expect(new Set(altered).size, name).toBeLessThanOrEqual(1);
      for (const [check] of sql.matchAll(/ADD CONSTRAINT[^;]*CHECK[^;]*;/g)) {
        expect(check, name).toContain('NOT VALID');
      }
    }
  });

  it('are recorded as Prisma records them, so that its own tools see them as done', async () => {
    await migrate(database.url);
    const columns = await database.query(
      `SELECT column_name, udt_name, character_maximum_length, is_nullable, column_default
       FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`,
    );
    expect(columns.map((column) => Object.values(column).join(' '))).toEqual([
      'id varchar 36 NO ',
      'checksum varchar 64 NO ',
      'finished_at timestamptz  YES ',
      'migration_name varchar 255 NO ',
      'logs text  YES ',
      'rolled_back_at timestamptz  YES ',
      'started_at timestamptz  NO now()',
      'applied_steps_count int4  NO 0',
    ]);
    const rows = await database.query('SELECT * FROM _prisma_migrations ORDER BY migration_name');
    for (const row of rows) {
      const file = await readFile(join(OURS, String(row.migration_name), 'migration.sql'));
      expect(row).toMatchObject({
        checksum: createHash('sha256').update(file).digest('hex'),
        logs: null,
        rolled_back_at: null,
        applied_steps_count: 1,
      });
      expect(row.id).toMatch(/^[0-9a-f-]{36}$/);
      expect(row.finished_at).toBeInstanceOf(Date);
    }
  });

  it('are applied once when several processes start at the same moment', async () => {
    const applied = await Promise.all(Array.from({ length: 4 }, migrateFolder));
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  });

  it('change nothing in a Postgres that is too old, and say which they need', async () => {
    const applying = migrate(database.url, { folder, oldestPostgres: 99 });
    await expect(applying).rejects.toMatchObject({
      code: 'postgres_too_old',
      message: expect.stringContaining('needs Postgres 99 or later; this is '),
    });
    const tables = `SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`;
    expect(await database.query(tables)).toEqual([]);
  });

  it('that were changed after they were applied are refused, with what to do', async () => {
    await migrateFolder();
    const [first] = (await readdir(folder)).toSorted();
    await addMigration(first!, 'SELECT 1');
    await expect(migrateFolder()).rejects.toMatchObject({
      code: 'migration_changed',
      message: expect.stringContaining(first!),
    });
  });

  it('are the same with the line ends of Windows', async () => {
    await migrateFolder();
    for (const name of await readdir(OURS)) {
      const sql = await readFile(join(OURS, name, 'migration.sql'), 'utf8').catch(() => undefined);
      if (sql) await addMigration(name, sql.replaceAll('\n', '\r\n'));
    }
    expect(await migrateFolder()).toEqual([]);
  });

  it('leave nothing behind when they fail, and succeed once they are mended', async () => {
    const broken = '29990101000000_broken';
    await addMigration(broken, 'CREATE TABLE half (id int); SELECT no_such_function();');
    await expect(migrateFolder()).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('no_such_function'),
    });
    expect(await database.query(`SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await addMigration(broken, 'CREATE TABLE half (id int)');
    expect(await migrateFolder()).toEqual([broken]);
  });

  it('that another tool left half done are refused until somebody looked', async () => {
    await migrateFolder();
    await database.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', 'half_done')`,
    );
    await expect(migrateFolder()).rejects.toMatchObject({ code: 'migration_unfinished' });
    await database.query(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = 'x'`);
    expect(await migrateFolder()).toEqual([]);
  });

  it('of a newer version do not stop an older one, as after a rollback', async () => {
    await addMigration('29990101000000_later', 'CREATE TABLE later (id int)');
    await migrateFolder();
    expect(await migrate(database.url)).toEqual([]);
  });

  it('that are still to come are named for the readiness check', async () => {
    const db = openDatabase({ url: database.url, encryptionKeys: [randomBytes(32)] });
    const names = await pendingMigrations(db);
    expect(names.length).toBeGreaterThan(0);
    await migrate(database.url);
    expect(await pendingMigrations(db)).toEqual([]);
    await db.close();
  });
});
