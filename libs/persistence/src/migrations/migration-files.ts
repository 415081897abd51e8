import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MigrationError } from './migration-error.js';
import { modeOf, type MigrationMode } from './migration-mode.js';

/** One folder of `prisma/migrations`. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the file in hex, as Prisma computes it. */
  checksum: string;
  mode: MigrationMode;
}

/** Every migration, in the order in which they are to be applied. */
export async function readMigrations(
  folder: string = migrationsFolder(),
): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.toSorted().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
  return { name, sql, checksum: checksumOf(sql), mode: modeOf(name, sql) };
}

/**
 * True when `checksum` is that of the file, whatever line ends Git gave it on this machine; Prisma accepts
 * both as well.
 */
export function matchesChecksum(migration: Migration, checksum: string): boolean {
  const unix = migration.sql.replaceAll('\r\n', '\n');
  return [migration.sql, unix, unix.replaceAll('\n', '\r\n')].some(
    (sql) => checksumOf(sql) === checksum,
  );
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

/** `prisma/migrations` of this installation, from `libs/` as well as from `dist/libs/`. */
function migrationsFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'prisma', 'migrations');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) break;
  }
  throw new MigrationError(
    'migrations_folder_missing',
    `No prisma/migrations above ${import.meta.dirname}: it must be deployed beside dist.`,
  );
}
