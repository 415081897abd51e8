import { pino, stdSerializers, stdTimeFunctions } from 'pino';
import type { DestinationStream, LogFn, Logger as PinoLogger } from 'pino';
import { BlockWriter } from './block-writer.js';
import { redact, redactText } from './redact.js';

export type Logger = PinoLogger;

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const STANDARD_OUTPUT = 1;

export interface LoggerOptions {
  level: LogLevel;
  /** The process that speaks: `api`, `dispatcher`, `standalone`. */
  name: string;
  /** Where lines go; standard output unless a test listens. */
  destination?: DestinationStream;
}

/**
 * The logger of a process: one JSON object per line, secrets taken out at every depth.
 *
 * Standard output is written by the block and without waiting for its reader: lines appear within a few
 * hundredths of a second, and what is left is written when the process exits. A process that is killed
 * takes those hundredths with it.
 */
export function createLogger(options: LoggerOptions): Logger {
  const logger = pino(
    {
      name: options.name,
      level: options.level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        bindings: ({ name, pid }) => ({ name, pid }),
        log: redact,
      },
      serializers: { err: redactedError, error: redactedError },
      hooks: { logMethod: redactLoneError },
    },
    options.destination ?? new BlockWriter(STANDARD_OUTPUT),
  );
  return redactChildren(logger);
}

/** pino runs no formatter over the fields of a child logger. Children inherit this method. */
function redactChildren(logger: Logger): Logger {
  const child: Logger['child'] = logger.child;
  const redactingChild: typeof child = function (this: Logger, bindings, options) {
    return child.call(this, redact(bindings), options);
  } as typeof child;
  return Object.assign(logger, { child: redactingChild });
}

/** `logger.error(error)` alone would take the error's message as the line's, unseen by any serializer. */
function redactLoneError(this: Logger, args: Parameters<LogFn>, method: LogFn): void {
  const first: unknown = args[0];
  if (first instanceof Error && args[1] === undefined) {
    method.call(this, { err: first }, redactText(first.message));
  } else {
    method.apply(this, args);
  }
}

function redactedError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? redactText(error) : error;
  const { raw: _raw, ...fields } = stdSerializers.err(error);
  return redact({
    ...fields,
    message: redactText(fields.message),
    stack: redactText(fields.stack),
  });
}
