import type { ClientBase } from 'pg';
import { buildConcurrently, buildOnPartitions, parseCreateIndex } from './concurrent-index.js';
import { MigrationError } from './migration-error.js';
import type { Migration } from './migration-files.js';
import { recordMigration } from './migrations-table.js';
import {
  isInTheWay,
  LOCK_TIMEOUT_MS,
  longestTransactions,
  withPatience,
  type Patience,
} from './patience.js';

/**
 * Applies a migration and records it, as its {@link Migration.mode} says. While its tables are in use it is
 * tried again and again, and nobody waits behind it for longer than half a second.
 *
 * @throws MigrationError `migration_blocked` when patience is over, `migration_failed` otherwise
 */
export async function applyMigration(
  client: ClientBase,
  migration: Migration,
  patience: Patience,
): Promise<void> {
  try {
    await withPatience(client, patience, () => apply(client, migration, patience));
  } catch (error) {
    throw isInTheWay(error)
      ? await blocked(client, migration, error)
      : failed(migration, error as Error);
  }
}

async function apply(
  client: ClientBase,
  migration: Migration,
  { patienceMs }: Patience,
): Promise<void> {
  const index = migration.mode === 'transaction' ? undefined : parseCreateIndex(migration.sql)!;
  if (!index) return applyInTransaction(client, migration);
  if (migration.mode === 'partitions') {
    await buildOnPartitions(client, index, patienceMs);
    return applyInTransaction(client, migration);
  }
  await buildConcurrently(client, index, patienceMs);
  await recordMigration(client, migration);
}

async function applyInTransaction(client: ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query(migration.sql);
    await recordMigration(client, migration);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function blocked(client: ClientBase, { name }: Migration, cause: unknown) {
  const transactions = await longestTransactions(client);
  return new MigrationError(
    'migration_blocked',
    `The migration ${name} could not have its tables, which others use all the time. The longest open ` +
      `transactions: ${transactions}. End what is in the way and start again.`,
    { cause },
  );
}

function failed({ name, mode }: Migration, cause: Error) {
  const undone = mode === 'transaction' ? 'was undone' : 'goes on where it was when it runs again';
  return new MigrationError(
    'migration_failed',
    `The migration ${name} failed and ${undone}: ${cause.message}`,
    { cause },
  );
}
