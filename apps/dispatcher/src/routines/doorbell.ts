/** Rung when there is work, for the routine that waits for it. */
export class Doorbell {
  private rung = Promise.withResolvers<void>();

  /** Ends the wait that is under way, or else the next one at once. */
  ring(): void {
    this.rung.resolve();
  }

  /**
   * Resolves when somebody rings or has rung since the last wait, and otherwise after a while.
   *
   * @param mostMs how long it waits at most
   * @param stopping when aborted, nobody waits any more
   */
  async wait(mostMs: number, stopping: AbortSignal): Promise<void> {
    const ring = (): void => this.ring();
    const timer = setTimeout(ring, mostMs);
    stopping.addEventListener('abort', ring, { once: true });
    if (stopping.aborted) ring();
    await this.rung.promise;
    clearTimeout(timer);
    stopping.removeEventListener('abort', ring);
    this.rung = Promise.withResolvers();
  }
}
