import { parseCreateIndex } from './concurrent-index.js';
import { MigrationError } from './migration-error.js';

/**
 * How a migration is applied; its first line says so.
 *
 * - `transaction`: no such line. All of it or nothing.
 * - `outside`: "-- outside a transaction". One `CREATE INDEX CONCURRENTLY IF NOT EXISTS`.
 * - `partitions`: "-- on each partition first". One `CREATE INDEX IF NOT EXISTS` of a partitioned table,
 *   which Postgres cannot build concurrently; each partition's part is, and then it only puts them together.
 *
 * `prisma migrate deploy` sends a file in one go, which Postgres runs as one transaction unless it is a single
 * statement: so the last two are.
 */
export type MigrationMode = 'transaction' | 'outside' | 'partitions';

const MARKS: Record<string, MigrationMode> = {
  '-- outside a transaction': 'outside',
  '-- on each partition first': 'partitions',
};

/** @throws MigrationError when a file has a mark and is not what the mark asks for */
export function modeOf(name: string, sql: string): MigrationMode {
  const mode = MARKS[sql.split(/\r?\n/, 1)[0]!.trimEnd()] ?? 'transaction';
  if (mode === 'transaction') return mode;
  const concurrently = /CREATE (UNIQUE )?INDEX CONCURRENTLY/i.test(sql);
  if (parseCreateIndex(sql) && concurrently === (mode === 'outside')) return mode;
  const wanted = mode === 'outside' ? 'INDEX CONCURRENTLY' : 'INDEX';
  throw new MigrationError(
    'migration_failed',
    `The migration ${name} must be one statement, CREATE ${wanted} IF NOT EXISTS name ON table …, and nothing ` +
      `else. Put other statements into a migration of their own.`,
  );
}
