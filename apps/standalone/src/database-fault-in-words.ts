import { MigrationError, MissingEncryptionKeysError, SessionsError } from '@schoolbell/persistence';
import { OperatorError } from '@schoolbell/process';

/**
 * Puts a failure to reach, migrate or read the operator's own database into one line, without its password.
 *
 * @returns the error itself if it is a bug
 */
export function databaseFaultInWords(error: unknown, databaseUrl: string): unknown {
  if (error instanceof MigrationError) {
    return new OperatorError('database_unreachable', error.message, { cause: error });
  }
  if (error instanceof MissingEncryptionKeysError || error instanceof SessionsError) {
    return new OperatorError(error.code, error.message, { cause: error });
  }
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  const { host, pathname } = new URL(databaseUrl);
  return new OperatorError(
    'database_unreachable',
    `The database "${pathname.slice(1)}" at ${host} (DATABASE_URL) cannot be used: ${reason.replace(/\.$/, '')}.`,
    { cause: error },
  );
}

function reasonOf(error: unknown): string | undefined {
  const { code, message, errors } = error as {
    code?: string;
    message?: string;
    errors?: { message: string }[];
  };
  // Node tries each address of a host and reports all failures as one error without a message of its own.
  if (code !== undefined) return message || errors?.map((each) => each.message).join(', ') || code;
  return /^(Connection terminated|timeout|The server does not support)/i.test(message ?? '')
    ? message
    : undefined;
}
