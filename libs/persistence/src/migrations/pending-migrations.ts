import type { Database } from '../database/database.js';
import { readMigrations } from './migration-files.js';
import { appliedMigrations } from './migrations-table.js';

/** Names of the migrations that this version needs and the database does not have yet: not ready. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const migrations = await readMigrations();
  const applied = await appliedMigrations(db.intakePool);
  const done = new Set(applied.filter(({ finished }) => finished).map(({ name }) => name));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}
