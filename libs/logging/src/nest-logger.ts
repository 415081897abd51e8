import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';
import { redactText } from './redact.js';

/** Lets NestJS speak through our logger: `NestFactory.create(AppModule, { logger: new NestLogger(logger) })`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest puts the context last, and for errors a stack before it. */
  private write(
    level: 'info' | 'warn' | 'debug' | 'trace' | 'error' | 'fatal',
    message: unknown,
    rest: unknown[],
  ): void {
    const strings = rest.filter((item) => typeof item === 'string');
    const context = strings.at(-1);
    const stack = strings.length > 1 ? redactText(strings[0]!) : undefined;
    const err = [message, ...rest].find((item) => item instanceof Error);
    const text = typeof message === 'string' ? redactText(message) : undefined;
    const detail = typeof message === 'object' && message !== err ? message : undefined;
    this.logger[level]({ context, stack, err, detail }, text ?? err?.message ?? 'nest');
  }
}
