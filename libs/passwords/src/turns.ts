/** Each takes a core for some 30 ms, and 19 MiB. */
const AT_ONCE = 2;
/** Who comes then would wait for more than two seconds. */
const MOST_WAITING = 100;

/** So many passwords are being hashed that one more is not taken. */
export class HasherBusyError extends Error {
  constructor() {
    super('Too many passwords are waiting to be checked.');
    this.name = 'HasherBusyError';
  }
}

/** Lets a few run at once, in the order in which they came. */
export class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @throws HasherBusyError */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running >= AT_ONCE) await this.wait();
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Whoever comes next takes over the turn.
      if (next) next();
      else this.running -= 1;
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) throw new HasherBusyError();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
