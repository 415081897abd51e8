import type { LoggerService } from '@nestjs/common';

const SAY_AGAIN_MS = 30_000;

/**
 * Says the same thing at most once in a while: a server that is away fails every call, and one line tells
 * the operator as much as thousands.
 */
export class OccasionalLog {
  private quietUntil = 0;
  private swallowed = 0;

  constructor(
    private readonly log: Pick<LoggerService, 'warn'>,
    private readonly intervalMs = SAY_AGAIN_MS,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @param rest what Nest takes behind a message, such as a stack */
  warn(message: string, ...rest: string[]): void {
    if (this.now() < this.quietUntil) {
      this.swallowed++;
      return;
    }
    const more = this.swallowed > 0 ? ` (and ${this.swallowed} more like it)` : '';
    this.log.warn(`${message}${more}`, ...rest);
    this.quietUntil = this.now() + this.intervalMs;
    this.swallowed = 0;
  }
}
