/** Something that is done again and again. */
export interface Chore {
  /**
   * Does it once; never rejects.
   *
   * @param stopping aborted when no further round is wanted; what is under way may finish
   * @returns ms until the next round
   */
  round(stopping: AbortSignal): Promise<number>;
}

/** Repeats a chore from start to stop: one round at a time, each after the pause that the round before asked for. */
export class Routine {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly chore: Chore) {}

  start(): void {
    void this.roundAfterRound();
  }

  /** No further round begins; the present one ends by itself. */
  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  private async roundAfterRound(): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    const delayMs = await this.chore.round(signal);
    if (!signal.aborted) this.timer = setTimeout(() => void this.roundAfterRound(), delayMs);
  }
}
