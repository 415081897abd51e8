/** Some of a kind that serve one job each: threads, connections, cores, a disk. First come, first served. */
export class Servers {
  /** Microseconds for which jobs had them, together. */
  busyMicros = 0;
  private free: number;
  private readonly waiting: (() => void)[] = [];
  private served = 0;

  readonly count: number;

  constructor(count: number) {
    this.count = count;
    this.free = count;
  }

  /** Calls back once one of them is the job's, at once if one is free. */
  take(taken: () => void): void {
    if (this.free > 0) {
      this.free--;
      taken();
    } else {
      this.waiting.push(taken);
    }
  }

  /** Gives one back, after the job has had it for so long. */
  release(micros: number): void {
    this.busyMicros += micros;
    const next = this.nextInLine();
    if (next) next();
    else this.free++;
  }

  private nextInLine(): (() => void) | undefined {
    const next = this.waiting[this.served];
    if (!next) return undefined;
    this.served++;
    // To shift each would move all that wait.
    if (this.served === 10_000) this.waiting.splice(0, this.served);
    this.served %= 10_000;
    return next;
  }
}
