import { Pool, type ClientBase, type PoolConfig } from 'pg';
import { columnTypes } from './column-types.js';
import { settleSession, type SessionSettings } from './session-settings.js';
import { sharedSessionsWith } from './shared-session.js';
import { StandbyError } from './standby-error.js';

/** A server that does not answer is "away" after this; the caller then tells its own caller to come back. */
const CONNECT_TIMEOUT_MS = 5_000;
/**
 * Our statements take less than a tenth of this. A statement that reaches it is stuck, and this frees its connection.
 */
const STATEMENT_TIMEOUT_MS = 30_000;
/** The server gets the first chance to end a statement; this much later it has silently gone. */
const SILENCE_MS = 5_000;
/** Our transactions are never idle between two statements for longer, unless their process has stopped. */
const IDLE_TRANSACTION_MS = 60_000;

export interface PoolSettings {
  url: string;
  /** Most connections at once. */
  size: number;
  /** Seen in `pg_stat_activity`. */
  applicationName: string;
  /** More settings of the server for its sessions. */
  sessionSettings?: SessionSettings;
  /** A pooler gives the sessions to others between two transactions. Default false. */
  sharesSessions?: boolean;
  /** Milliseconds after which the server ends a statement. Default 30,000. */
  statementTimeoutMs?: number;
  /** Called for a connection that broke while idle. */
  onConnectionError: (error: Error) => void;
}

/**
 * A pool of connections in UTC. It connects on first use, and again after the server was away.
 *
 * Sessions are settled by statements: poolers refuse or drop settings in the start-up message. JIT is off: compiling
 * our statements costs more than running them.
 */
export function createPool(settings: PoolSettings): Pool {
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS, sharesSessions = false } = settings;
  const sessionSettings = {
    TimeZone: 'UTC',
    jit: 'off',
    statement_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    ...settings.sessionSettings,
  };
  const pool = new Pool({
    connectionString: settings.url,
    max: settings.size,
    application_name: settings.applicationName,
    types: columnTypes,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: statementTimeoutMs + SILENCE_MS,
    keepAlive: true,
    // A connection's prepared statements go with it, so an idle one is kept.
    idleTimeoutMillis: 0,
    ...(sharesSessions ? inTransactions(sessionSettings) : inSessions(sessionSettings)),
  });
  // Without a listener, a connection that breaks while idle would end the whole Node process.
  pool.on('error', settings.onConnectionError);
  // The same for one that breaks while it is lent out, between two statements: the next one fails and says so.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function inTransactions(settings: SessionSettings): PoolConfig {
  return { pipeline: true, Client: sharedSessionsWith(settings) };
}

function inSessions(settings: SessionSettings): PoolConfig {
  const text = settleSession(settings);
  const settle = async (client: ClientBase): Promise<void> => {
    const { rows } = await client.query<{ isStandby: boolean }>(text);
    if (rows[0]!.isStandby) throw new StandbyError();
  };
  return { onConnect: settle };
}
