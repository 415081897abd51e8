/** Tells a routine that there is work. */
export class Doorbell {
  private rung = Promise.withResolvers<void>();

  /** Ends the wait under way, or else the next one at once. */
  ring(): void {
    this.rung.resolve();
  }

  /**
   * Resolves when somebody rings, or has rung since the last wait; otherwise after `mostMs`.
   *
   * @param mostMs the longest wait
   * @param stopping ends the wait when aborted
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
