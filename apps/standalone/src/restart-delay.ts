const FIRST_MS = 250;
const LONGEST_MS = 30_000;
/** A process that ran this long has recovered: its next end counts as the first again. */
const RECOVERED_MS = 60_000;

/** How long to wait before something that ended is started again: doubling, up to half a minute. */
export class RestartDelay {
  private next = FIRST_MS;

  /** @param ranMs how long it had been running */
  after(ranMs: number): number {
    if (ranMs >= RECOVERED_MS) this.next = FIRST_MS;
    const delay = this.next;
    this.next = Math.min(this.next * 2, LONGEST_MS);
    return delay;
  }
}
