import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { MigrationError } from './migration-error.js';
import { matchesChecksum, type Migration } from './migration-files.js';

/** A row of Prisma's `_prisma_migrations`. */
interface AppliedMigration {
  name: string;
  checksum: string;
  finished: boolean;
}

/** Makes Prisma's table, column for column, so that `prisma migrate deploy` stays usable beside us. */
export async function createMigrationsTable(client: ClientBase): Promise<void> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id                  varchar(36) PRIMARY KEY NOT NULL,
      checksum            varchar(64) NOT NULL,
      finished_at         timestamptz,
      migration_name      varchar(255) NOT NULL,
      logs                text,
      rolled_back_at      timestamptz,
      started_at          timestamptz NOT NULL DEFAULT now(),
      applied_steps_count integer NOT NULL DEFAULT 0
    )`);
}

/** What was applied; empty when there is no table yet. Rows marked as rolled back do not count. */
export async function appliedMigrations(
  connection: ClientBase | Pool,
): Promise<readonly AppliedMigration[]> {
  const exists = await connection.query(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS yes`,
  );
  if (!exists.rows[0].yes) return [];
  const { rows } = await connection.query<AppliedMigration>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

export async function recordMigration(client: ClientBase, migration: Migration): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations
       (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), migration.checksum, migration.name],
  );
}

/** @throws MigrationError when one was applied with other text, or was left half done by another tool */
export function checkApplied(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): void {
  for (const row of applied) {
    if (!row.finished) {
      throw new MigrationError(
        'migration_unfinished',
        `The migration ${row.name} was begun by another tool and did not finish. Look at what it did, ` +
          `then run "prisma migrate resolve --rolled-back ${row.name}" and start again.`,
      );
    }
    const migration = migrations.find(({ name }) => name === row.name);
    if (migration && !matchesChecksum(migration, row.checksum)) {
      throw new MigrationError(
        'migration_changed',
        `The file of the migration ${row.name} is not the one that this database was built with. ` +
          `Restore prisma/migrations/${row.name} from the release, and put changes into a new migration.`,
      );
    }
  }
}
