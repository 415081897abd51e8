import { randomUUID } from 'node:crypto';
import type { TestDatabase } from '../../support/index.js';

interface Column {
  name: string;
  type: string;
}

const REQUIRED_COLUMNS = `
SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a
WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull AND NOT a.atthasdef
ORDER BY a.attnum`;

/** These rows are not about the checks of their tables. */
const DROP_CHECKS = `
DO $$
DECLARE
  drops text;
BEGIN
  FOR drops IN
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
    WHERE contype = 'c' AND coninhcount = 0 AND connamespace = 'public'::regnamespace
  LOOP
    EXECUTE drops;
  END LOOP;
END $$`;

export const dropChecks = (database: TestDatabase) => database.query(DROP_CHECKS);

/**
 * The INSERT of some row into a table, with values for the columns that need one.
 *
 * @param tenantId null for a row without a tenant
 */
export async function someRow(
  database: TestDatabase,
  table: string,
  tenantColumn: string,
  tenantId: string | null,
): Promise<string> {
  const required = await database.query<Column>(REQUIRED_COLUMNS, [table]);
  const others = required.filter(({ name }) => name !== tenantColumn);
  const names = [tenantColumn, ...others.map(({ name }) => name)];
  const values = [tenantId === null ? 'NULL' : `'${tenantId}'`, ...others.map(someValue)];
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/** Without triggers and foreign keys: referenced rows need not exist. */
export const insertUnchecked = (database: TestDatabase, insert: string) =>
  database.query(`SET session_replication_role = replica; ${insert}`);

let count = 0;

function someValue({ name, type }: Column): string {
  count += 1;
  if (type === 'uuid') return `'${randomUUID()}'`;
  if (type.startsWith('timestamp') || type === 'date') return `'2026-11-22'`;
  if (type.startsWith('json') || type.endsWith('[]')) return `'{}'`;
  if (type === 'bytea') return `'\\x${randomUUID().replaceAll('-', '')}'`;
  if (type === 'boolean') return 'true';
  return type === 'text' ? `'${name} ${count}'` : String(count);
}
