import { Client } from 'pg';
import type { DatabaseOptions } from './database.js';
import { createPool } from './pools.js';
import { sqlStateOf } from './sql-state.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** `duplicate_prepared_statement` and `invalid_sql_statement_name`. */
const NAMES_ARE_SHARED = ['42P05', '26000'];
/** Two connections that are idle mostly get the same session of a pooler, the one that was used last. */
const LOOKS = 3;

/** `DATABASE_URL` and `DATABASE_DIRECT_URL` do not lead to Postgres in the way that this version needs. */
export class SessionsError extends Error {
  readonly code = 'database_sessions';

  constructor(message: string) {
    super(`${message} docs/operating/pooling.md says how to use a pooler.`);
    this.name = 'SessionsError';
  }
}

type Urls = Pick<DatabaseOptions, 'url' | 'directUrl'>;

/**
 * Makes sure that the settings which our statements need hold, whatever pooler is in between. For the start of a
 * process.
 *
 * @throws SessionsError that says what to do
 * @throws what `isDatabaseUnavailable` knows, when Postgres cannot be asked
 */
export async function requireSessions({ url, directUrl }: Urls): Promise<void> {
  if (directUrl === undefined) {
    await requireOwnSessions(url, 'DATABASE_URL');
  } else {
    await requireOwnSessions(directUrl, 'DATABASE_DIRECT_URL');
    await requireSamePlace(url, directUrl);
    await requireNamedStatements(url);
  }
  await requireSettings(url, directUrl !== undefined);
}

async function requireOwnSessions(url: string, setting: string): Promise<void> {
  if (!(await sharesSessions(url))) return;
  throw new SessionsError(
    `${setting} leads through a pooler that shares sessions by transaction. Set DATABASE_DIRECT_URL to the ` +
      'address of Postgres itself, or of a pool of whole sessions.',
  );
}

/** Two connections at once have two sessions, unless a pooler gives them the same one in turn. */
async function sharesSessions(url: string): Promise<boolean> {
  return withTwo(url, async (one, other) => {
    for (let look = 1; look <= LOOKS; look++) {
      if ((await sessionOf(one)) === (await sessionOf(other))) return true;
    }
    return false;
  });
}

async function sessionOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]!.pid;
}

async function requireSamePlace(url: string, directUrl: string): Promise<void> {
  const [pooled, direct] = await Promise.all([placeOf(url), placeOf(directUrl)]);
  if (pooled === direct) return;
  throw new SessionsError(
    'DATABASE_URL and DATABASE_DIRECT_URL must lead to the same database of the same server, as the same user: ' +
      `they lead to ${pooled} and ${direct}.`,
  );
}

async function placeOf(url: string): Promise<string> {
  return withOne(url, async (client) => {
    const { rows } = await client.query<{ place: string }>(
      `SELECT format('%s as %s on a server that was started at %s', current_database(), current_user,
         pg_postmaster_start_time() AT TIME ZONE 'UTC') AS place`,
    );
    return rows[0]!.place;
  });
}

async function requireNamedStatements(url: string): Promise<void> {
  const probe = { name: 'schoolbell_probe', text: 'SELECT 1' };
  try {
    await withTwo(url, async (one, other) => {
      for (let look = 1; look <= LOOKS; look++) {
        await one.query(probe);
        await other.query(probe);
      }
    });
  } catch (error) {
    if (!NAMES_ARE_SHARED.includes(sqlStateOf(error) ?? '')) throw error;
    throw new SessionsError(
      'The pooler of DATABASE_URL does not keep prepared statements apart: it takes PgBouncer 1.21 or later, ' +
        'with max_prepared_statements above 0.',
    );
  }
}

/** Both differ from what Postgres has by itself. */
const PROBED = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' };

async function requireSettings(url: string, sharesSessions: boolean): Promise<void> {
  const pool = createPool({
    url,
    size: 1,
    applicationName: 'schoolbell-start',
    sessionSettings: PROBED,
    sharesSessions,
    onConnectionError: () => undefined,
  });
  try {
    const { rows } = await pool.query<{ holds: boolean }>(
      `SELECT current_setting('TimeZone') = 'UTC' AND current_setting('plan_cache_mode') = $1
         AND current_setting('enable_seqscan') = $2 AS holds`,
      [PROBED.plan_cache_mode, PROBED.enable_seqscan],
    );
    if (rows[0]!.holds) return;
  } finally {
    await pool.end();
  }
  throw new SessionsError(
    'What is between here and Postgres drops SET: time zone and planner settings do not hold. Have DATABASE_URL ' +
      'lead to Postgres itself, or through a pooler that passes SET on.',
  );
}

async function withTwo<T>(
  url: string,
  work: (one: Client, other: Client) => Promise<T>,
): Promise<T> {
  return withOne(url, (one) => withOne(url, (other) => work(one, other)));
}

async function withOne<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: 'schoolbell-start',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
  });
  // A query that fails says so itself.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
