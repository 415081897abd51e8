const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE']);

/**
 * Class 08 (connection), too many connections, shutting down, crashed, starting up, statement timeout.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const SERVER_CODES = /^(08...|53300|57P0[123]|57014)$/;

/** How Prisma tells of a server's code that it has no code of its own for: of its own queries and of raw ones. */
const SERVER_CODE_IN_WORDS = /(?:Database error|Raw query failed)\. Code: `(\w+)`/;

/** Prisma: unreachable, timed out, closed, no free connection, none in time for a transaction. */
const PRISMA_CODES = /^P(1001|1002|1008|1017|2024|2028|2037)$/;

/** Errors that `pg` throws without a code. */
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered a connection error|server closed the connection|not queryable/i;

/**
 * True when an error says that Postgres is away or about to be, rather than that a statement was wrong:
 * worth a 503 with `Retry-After`, or another try later.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isDatabaseUnavailable)) return true;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && isUnavailableCode(code)) return true;
  if (MESSAGES.test(error.message)) return true;
  if (SERVER_CODES.test(SERVER_CODE_IN_WORDS.exec(error.message)?.[1] ?? '')) return true;
  return isDatabaseUnavailable(error.cause);
}

/** True when the server ended a statement, or stopped answering, since it took too long. */
export function isStatementTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return code === '57014' || error.message === 'Query read timeout';
}

function isUnavailableCode(code: string): boolean {
  return NETWORK_CODES.has(code) || SERVER_CODES.test(code) || PRISMA_CODES.test(code);
}
