import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  /** Runs one statement; for set-up and for looking behind the scenes. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** A migrated, empty database of its own. */
export async function createDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    ...databaseAt(url.href),
    drop: async () => {
      await execute(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** An existing database; whoever made it removes it. */
export function databaseAt(url: string): TestDatabase {
  return {
    url,
    query: (sql, values) => execute(url, sql, values),
    drop: async () => undefined,
  };
}

async function execute<Row>(url: string, sql: string, values?: readonly unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  // The statement that was under way fails and says so itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(sql, values as unknown[]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
