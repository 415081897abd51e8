/** Seconds of a statement of Postgres: from half a millisecond to its timeout. */
export const STATEMENT_SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
] as const;

/** Rows of one statement. */
export const ROWS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500] as const;

/** How often values fell into which range. Observing costs some 10 ns. */
export class Distribution {
  /** Of values up to each bound, and above the one before; the last is of those above all bounds. */
  readonly counts: number[];
  sum = 0;

  /**
   * @param bounds ascending
   * @param labels what tells it from others of the same name
   */
  constructor(
    readonly bounds: readonly number[],
    readonly labels: Readonly<Record<string, string>> = {},
  ) {
    this.counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }

  observe(value: number): void {
    let range = 0;
    while (range < this.bounds.length && value > this.bounds[range]!) range++;
    this.counts[range]! += 1;
    this.sum += value;
  }
}
