import type { Logger } from '@schoolbell/logging';

const SHORTEST_MS = 100;
const LONGEST_MS = 2000;
const SAY_AGAIN_MS = 30_000;

/**
 * A series of failures of something that is worth repeating: says how long to wait, and logs at most one line every
 * half minute. The first line is a warning; if the failures last, the following ones are errors.
 */
export class Outage {
  private failures = 0;
  private sayAgainAt = 0;

  constructor(
    private readonly what: string,
    private readonly logger: Logger,
    private readonly random: () => number = Math.random,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @returns ms to wait before the next try: 0.1 s, doubling to 2 s, shortened by up to half at random */
  failed(error: unknown): number {
    if (this.now() >= this.sayAgainAt) {
      const line = { err: error, failures: this.failures + 1 };
      if (this.failures === 0) this.logger.warn(line, `${this.what}.failing`);
      else this.logger.error(line, `${this.what}.failing`);
      this.sayAgainAt = this.now() + SAY_AGAIN_MS;
    }
    const delay = Math.min(SHORTEST_MS * 2 ** this.failures++, LONGEST_MS);
    return delay * (1 - this.random() / 2);
  }

  worked(): void {
    if (this.failures === 0) return;
    this.logger.info({ failures: this.failures }, `${this.what}.working_again`);
    this.failures = 0;
    this.sayAgainAt = 0;
  }
}
