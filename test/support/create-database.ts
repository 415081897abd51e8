import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';
import { inject } from 'vitest';
import type { PostgresForTests } from './provided.js';

export interface TestDatabase {
  url: string;
  /** Runs one statement, to set up data or to look behind the API. */
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Closes its connections and removes it. */
  drop(): Promise<void>;
}

/** How long a connection is kept for the next statement. */
const KEPT_MS = 10_000;
/** More than a test has statements under way, since statements that wait for a lock keep their connections. */
const MOST_CONNECTIONS = 50;

/** Where databases are created and dropped. */
let maintenance: TestDatabase | undefined;

/** Creates a migrated, empty database. */
export async function createDatabase(
  { adminUrl, template }: PostgresForTests = inject('postgres'),
): Promise<TestDatabase> {
  const admin = (maintenance ??= databaseAt(adminUrl));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return {
    ...databaseAt(url.href),
    drop: async () => {
      await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/**
 * An existing database, which its creator removes. Connecting costs Postgres and the test fifty times as much as a
 * statement, so a single statement, which leaves nothing behind in its session, uses a connection that is kept for a
 * moment. Several statements at once, such as `SET …; INSERT …`, get their own.
 */
export function databaseAt(url: string): TestDatabase {
  const kept = new Pool({
    connectionString: url,
    max: MOST_CONNECTIONS,
    idleTimeoutMillis: KEPT_MS,
    allowExitOnIdle: true,
  });
  // A connection that ended unused, as when its database is dropped, is replaced by the next one.
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
  // The statement under way fails and reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query(sql, values as unknown[]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
