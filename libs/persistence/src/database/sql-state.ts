import { DatabaseError } from 'pg';
import { StandbyError } from './standby-error.js';

/** How Prisma tells of a server's code where it tells it in words only. */
const IN_WORDS = /(?:Database error|Raw query failed)\. Code: `([0-9A-Z]{5})`/;

/** What Prisma's adapter says about an error of the driver, beside its own code. */
interface DriverError {
  originalCode?: unknown;
}

/**
 * The five characters by which Postgres names an error, also when Prisma passes it on under a code of its own.
 *
 * @returns `undefined` when the error is not one that Postgres sent
 */
export function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error instanceof DatabaseError || error instanceof StandbyError) return error.code;
  return toldByPrisma(error) ?? IN_WORDS.exec(error.message)?.[1];
}

function toldByPrisma(error: Error): string | undefined {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: DriverError } } };
  const driverError =
    meta?.driverAdapterError?.cause ??
    (error.name === 'DriverAdapterError' ? (error.cause as DriverError | undefined) : undefined);
  const code = driverError?.originalCode;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}
