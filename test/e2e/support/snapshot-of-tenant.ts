import type { TestDatabase } from '../../support/index.js';

interface TenantTable {
  name: string;
  column: string;
}

const TABLES = `
SELECT c.relname AS name, a.attname AS column
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
  AND a.attname = CASE c.relname WHEN 'tenants' THEN 'id' ELSE 'tenant_id' END
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname`;

/** Changed by the mere use of a credential. */
const LAST_USES = ['last_used_at', 'last_login_at'];

/** Every row of a tenant, by table: of all tables that have tenants, according to the database's own catalogue. */
export async function snapshotOf(
  database: TestDatabase,
  tenantUuid: string,
): Promise<Record<string, unknown>> {
  const tables = await database.query<TenantTable>(TABLES);
  const parts = tables.map(
    ({ name, column }) => `'${name}', (
      SELECT json_agg(to_jsonb(t) - '{${LAST_USES.join(',')}}'::text[] ORDER BY t::text)
      FROM ${name} t WHERE ${column} = $1)`,
  );
  const [snapshot] = await database.query<{ rows: Record<string, unknown> }>(
    `SELECT ${parts.map((part) => `jsonb_build_object(${part})`).join(' || ')} AS rows`,
    [tenantUuid],
  );
  return snapshot!.rows;
}
