import { Client } from 'pg';
import { makePartitions } from '../history/make-partitions.js';
import { MigrationError } from './migration-error.js';
import { readMigrations, type Migration } from './migration-files.js';
import {
  appliedMigrations,
  checkApplied,
  createMigrationsTable,
  recordMigration,
} from './migrations-table.js';

/** Prisma's own, so that its CLI and we wait for each other. */
const ADVISORY_LOCK = 72_707_369;

/** The first partitions are of this retention; the dispatchers, who know the setting, make those that follow. */
const USUAL_RETENTION_DAYS = 30;

export interface MigrateOptions {
  /** One line for each migration that is applied. Default: silent. */
  log?: (line: string) => void;
  /** Default: `prisma/migrations` of this installation. */
  folder?: string;
}

/**
 * Brings the database to the tables of this version, as `prisma migrate deploy` would, but without its
 * engine, which is a download. Each migration is one transaction: it is applied and recorded, or it left
 * nothing behind. Processes that start at once wait for each other.
 *
 * @returns the names of those that were applied now
 * @throws MigrationError with what to do
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(options.folder);
  const client = new Client({ connectionString: url, application_name: 'schoolbell migrate' });
  // A query that fails says so itself; without a listener the lost connection would end the process too.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const applied = await applyPending(client, migrations, options.log ?? (() => undefined));
    await makePartitions(client, USUAL_RETENTION_DAYS, new Date());
    return applied;
  } finally {
    // The end of the connection releases the lock.
    await client.end();
  }
}

async function applyPending(
  client: Client,
  migrations: readonly Migration[],
  log: (line: string) => void,
): Promise<string[]> {
  await createMigrationsTable(client);
  const applied = await appliedMigrations(client);
  checkApplied(migrations, applied);
  const done = new Set(applied.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name));
  for (const migration of pending) {
    await apply(client, migration);
    log(`Applied the migration ${migration.name}`);
  }
  return pending.map(({ name }) => name);
}

async function apply(client: Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await recordMigration(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationError(
      'migration_failed',
      `The migration ${migration.name} failed and was undone: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
