import type { TestDatabase } from '../../support/index.js';

/** The role that serves tenants. */
export const ROLE = 'schoolbell_tenant';

/** A table or partition, and what the role may do with it. */
export interface Table {
  name: string;
  isPartition: boolean;
  /** `tenant_id`; `id` for `tenants` itself; null if its rows belong to no tenant. */
  tenantColumn: 'tenant_id' | 'id' | null;
  mayHaveNoTenant: boolean;
  isGuarded: boolean;
  /** How many policies it has for the role. */
  policies: number;
  /** Privileges such as `SELECT`, without those on single columns. */
  privileges: string[];
}

const TABLES = `
SELECT c.relname AS name, c.relispartition AS "isPartition", c.relrowsecurity AS "isGuarded",
  CASE WHEN c.relname = 'tenants' THEN 'id' ELSE a.attname END AS "tenantColumn",
  coalesce(NOT a.attnotnull, false) AS "mayHaveNoTenant",
  (SELECT count(*)::integer FROM pg_policies p
   WHERE p.schemaname = 'public' AND p.tablename = c.relname AND '${ROLE}' = ANY (p.roles)) AS policies,
  (SELECT coalesce(array_agg(privilege), '{}')
   FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) privilege
   WHERE has_table_privilege('${ROLE}', c.oid, privilege)) AS privileges
FROM pg_class c
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relnamespace = 'public'::regnamespace
ORDER BY c.relname`;

/** All tables in the database, from its catalogue. */
export const readTables = (database: TestDatabase): Promise<Table[]> =>
  database.query<Table>(TABLES);
