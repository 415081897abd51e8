import type { Client } from 'pg';
import { MigrationError } from './migration-error.js';

/** The first Postgres in which a role may be granted only to be set, as `schoolbell_tenant` is. */
export const OLDEST_POSTGRES = 16;

/** @throws MigrationError `postgres_too_old`, before anything is changed */
export async function requireVersion(client: Client, oldest: number): Promise<void> {
  const { rows } = await client.query<{ major: number; version: string }>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major,
       current_setting('server_version') AS version`,
  );
  const { major, version } = rows[0]!;
  if (major >= oldest) return;
  throw new MigrationError(
    'postgres_too_old',
    `Schoolbell needs Postgres ${oldest} or later; this is ${version}.`,
  );
}
