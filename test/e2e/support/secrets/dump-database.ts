import type { TestDatabase } from '../../../support/index.js';

/** Every row of every table and view of a database as JSON, including those of the queue and of migrations. */
export async function dumpDatabase(database: TestDatabase): Promise<string> {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'm', 'v')
       AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`,
  );
  const dumps = tables.map(async ({ name }) => {
    const rows = await database.query<{ row: string }>(
      `SELECT to_jsonb(t)::text AS row FROM ${name} t`,
    );
    return [name, ...rows.map(({ row }) => row)].join('\n');
  });
  return (await Promise.all(dumps)).join('\n');
}
