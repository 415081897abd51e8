import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { makeAuditPartitions } from '../history/make-audit-partitions.js';
import { makePartitions } from '../history/make-partitions.js';
import { applyMigration } from './apply-migration.js';
import { readMigrations, type Migration } from './migration-files.js';
import { appliedMigrations, checkApplied, createMigrationsTable } from './migrations-table.js';
import { OLDEST_POSTGRES, requireVersion } from './require-version.js';

/** Prisma's own, so that its CLI and we wait for each other. */
const ADVISORY_LOCK = 72_707_369;

/** The first partitions are of this retention; the dispatchers, who know the setting, make those that follow. */
const USUAL_RETENTION_DAYS = 30;

const TURN_INTERVAL_MS = 200;
const PATIENCE_MS = 600_000;

export interface MigrateOptions {
  /** One line for each migration that is applied, and for each that has to wait. Default: silent. */
  log?: (line: string) => void;
  /** Default: `prisma/migrations` of this installation. */
  folder?: string;
  /** How long to go on trying while tables are in use. Milliseconds; default 10 minutes. */
  patienceMs?: number;
  /** The major version of Postgres that it takes. Default 16. */
  oldestPostgres?: number;
}

/**
 * Brings the database to the tables of this version, as `prisma migrate deploy` would, but without its
 * engine, which is a download. Each migration is one transaction: it is applied and recorded, or it left
 * nothing behind; but for those that build an index while its table is written (see `MigrationMode`), which go
 * on where they were. Processes that start at once wait for each other.
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
    await requireVersion(client, options.oldestPostgres ?? OLDEST_POSTGRES);
    await untilOurTurn(client);
    const applied = await applyPending(client, migrations, options);
    await makePartitions(client, USUAL_RETENTION_DAYS, new Date());
    await makeAuditPartitions(client, new Date());
    return applied;
  } finally {
    // The end of the connection releases the lock.
    await client.end();
  }
}

async function applyPending(
  client: Client,
  migrations: readonly Migration[],
  { log = () => undefined, patienceMs = PATIENCE_MS }: MigrateOptions,
): Promise<string[]> {
  await createMigrationsTable(client);
  const applied = await appliedMigrations(client);
  checkApplied(migrations, applied);
  const done = new Set(applied.map(({ name }) => name));
  const pending = migrations.filter(({ name }) => !done.has(name));
  for (const migration of pending) {
    const onWait = (transactions: string): void =>
      log(`The migration ${migration.name} waits for its tables: ${transactions}`);
    await applyMigration(client, migration, { patienceMs, onWait });
    log(`Applied the migration ${migration.name}`);
  }
  return pending.map(({ name }) => name);
}

/**
 * Asks again and again rather than waiting: a statement that waits has a snapshot, and whoever has the lock may
 * be waiting for all snapshots to end, to build an index.
 */
async function untilOurTurn(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ ours: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS ours',
      [ADVISORY_LOCK],
    );
    if (rows[0]!.ours) return;
    await sleep(TURN_INTERVAL_MS);
  }
}
