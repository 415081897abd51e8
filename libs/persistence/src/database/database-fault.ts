import { sqlStateOf } from './sql-state.js';

/**
 * What an error of the database means for what was asked of it:
 *
 * - `row`: a value or a row is at fault (class 22 or 23), and no repetition helps.
 * - `collision`: another transaction was in the way and this one was undone; it succeeds when it is run again.
 * - `too_much`: it took too long, or too long to get a lock, was too large, or somebody's trigger or a damaged page
 *   refused it: with fewer rows it may succeed.
 * - `outage`: Postgres, or the way to it, cannot do its work: nothing succeeds until that is over.
 */
export type DatabaseFault = 'row' | 'collision' | 'too_much' | 'outage';

const FAULTY_ROW = /^2[23]...$/;
/** Serialization failure and deadlock. */
const COLLISION = /^(40001|40P01)$/;
/**
 * Statement timeout, transaction timeout, lock not available, and classes 54 (program limit exceeded), P0 (raised
 * by a trigger) and XX (internal error, data corrupted).
 */
const TOO_MUCH = /^(57014|25P04|55P03|54...|P0...|XX...)$/;

/** Of the way to Postgres: sockets, names, TLS. */
const NETWORK_CODES =
  /^(E(CONN|NET|HOST|AI_)\w+|ENOTFOUND|ETIMEDOUT|EPIPE|EPROTO|ERR_(SSL|TLS)_\w+|CERT_\w+)$/;

/**
 * Prisma: no login, unreachable, timed out, no such database, access denied, no TLS, closed, no table, no
 * column, no free connection, none in time for a transaction, too many.
 */
const PRISMA_CODES = /^P(1000|1001|1002|1003|1008|1010|1011|1017|2021|2022|2024|2028|2037)$/;
const PRISMA_COLLISION = 'P2034';
/** P2028 is also that of a transaction that began and took longer than it may. */
const EXPIRED = /expired transaction/i;

/** What `pg` throws without a code: the server did not end the statement in time, so this process did. */
const TIMED_OUT = /Query read timeout/i;
const CONNECTION_LOST =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|server closed the connection|not queryable/i;

/**
 * The one place that says what an error means.
 *
 * @returns `undefined` when the error does not come from the database, such as that of a bug
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function databaseFaultOf(error: unknown): DatabaseFault | undefined {
  if (!(error instanceof Error)) return undefined;
  return ownFault(error) ?? faultOfParts(error);
}

export function isCollision(error: unknown): boolean {
  return databaseFaultOf(error) === 'collision';
}

export function isFaultyRow(error: unknown): boolean {
  return databaseFaultOf(error) === 'row';
}

/**
 * True when Postgres did not do what it was asked for and no row is to blame: worth a 503 with `Retry-After`,
 * or another try later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  const fault = databaseFaultOf(error);
  return fault !== undefined && fault !== 'row';
}

/** True when the server ended a statement, or stopped answering, since it took too long. */
export function isStatementTimeout(error: unknown): boolean {
  return sqlStateOf(error) === '57014' || (error instanceof Error && TIMED_OUT.test(error.message));
}

/** True when Postgres may have done what it was asked for, or do so yet, although nobody here got its answer. */
export function isUnanswered(error: unknown): boolean {
  const timedOutHere = error instanceof Error && TIMED_OUT.test(error.message);
  return timedOutHere || databaseFaultOf(error) === 'outage';
}

/**
 * True when Postgres refuses this installation for its settings: a wrong password (class 28), or a database
 * that does not exist. At the start of a process this is for the operator to see at once.
 */
export function isRefusedLogin(error: unknown): boolean {
  return /^(28...|3D000)$/.test(sqlStateOf(error) ?? '');
}

/**
 * True when the server itself says that it does no work for anybody: read-only, disk full, out of memory,
 * shutting down, broken. Not when only a connection was lost, which may be this process's own trouble.
 */
export function isServerOutage(error: unknown): boolean {
  return /^(25006|53[12]..|57P0[123]|58...)$/.test(sqlStateOf(error) ?? '');
}

function ownFault(error: Error): DatabaseFault | undefined {
  const sqlState = sqlStateOf(error);
  if (sqlState) return faultOfSqlState(sqlState);
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };
  if (code === PRISMA_COLLISION) return 'collision';
  if (code === 'P2028' && EXPIRED.test(error.message)) return 'too_much';
  if (syscall === 'connect') return 'outage';
  if (typeof code === 'string' && (NETWORK_CODES.test(code) || PRISMA_CODES.test(code))) {
    return 'outage';
  }
  if (TIMED_OUT.test(error.message)) return 'too_much';
  return CONNECTION_LOST.test(error.message) ? 'outage' : undefined;
}

function faultOfSqlState(sqlState: string): DatabaseFault {
  if (FAULTY_ROW.test(sqlState)) return 'row';
  if (COLLISION.test(sqlState)) return 'collision';
  return TOO_MUCH.test(sqlState) ? 'too_much' : 'outage';
}

/** An error of several attempts to connect, or one with a cause. */
function faultOfParts(error: Error): DatabaseFault | undefined {
  const parts: unknown[] = error instanceof AggregateError ? error.errors : [];
  for (const part of [...parts, error.cause]) {
    const fault = databaseFaultOf(part);
    if (fault) return fault;
  }
  return undefined;
}
