import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  url: string;
  /** Runs one statement; for set-up and for looking behind the scenes. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** How long a connection is kept for the next statement. */
const KEPT_MS = 1_000;
/** More than a test has statements under way, since those that wait for a lock keep theirs. */
const MOST_CONNECTIONS = 50;

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

/**
 * An existing database; whoever made it removes it. To connect costs Postgres and the test fifty times what a statement
 * does, so a statement alone, which leaves nothing behind in its session, goes over a connection that is kept for a
 * moment. Several at once, such as `SET …; INSERT …`, have one of their own.
 */
export function databaseAt(url: string): TestDatabase {
  const kept = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: KEPT_MS,
    allowExitOnIdle: true,
  });
  // One that ended while nobody used it, as when its database is dropped, is replaced by the next.
  kept.on('error', () => undefined);
  return {
    url,
    query: async <Row>(sql: string, values?: readonly unknown[]) => {
      if (sql.includes(';')) return execute<Row>(url, sql, values);
      const { rows } = await kept.query(sql, values as unknown[]);
      return rows as Row[];
    },
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
