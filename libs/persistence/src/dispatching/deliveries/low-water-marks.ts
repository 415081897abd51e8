/** Some 100 bytes each. */
const MOST_REMEMBERED = 50_000;

/**
 * Where the claims of each webhook begin: nothing that this dispatcher could claim is due before it. Without it, each
 * claim would read the index entries of all ended deliveries again for as long as somebody holds a snapshot in which
 * they are still visible (a dump, a forgotten transaction, a standby), because Postgres cannot remove them.
 *
 * A mark is a hint. The sweep, which looks from the beginning, finds what becomes claimable below it: what a
 * dispatcher gave back or died with, and what took too long to commit.
 */
export class LowWaterMarks {
  private readonly marks = new Map<string, number>();
  /** Webhooks with something due since the current claim began, which may not have seen it. */
  private readonly lowered = new Set<string>();

  /**
   * Called when a claim begins; one claim runs at a time.
   *
   * @returns for each webhook Unix milliseconds, by the clock of the database; null to look from the beginning
   */
  forClaim(webhookIds: readonly string[]): (number | null)[] {
    this.lowered.clear();
    return webhookIds.map((id) => this.marks.get(id) ?? null);
  }

  /** Claims take the oldest first: everything before the last of these is claimed, or left to the sweep. */
  raise(claimed: readonly { webhook_id: string; looked_to: number | null }[]): void {
    for (const { webhook_id: webhookId, looked_to: lookedTo } of claimed) {
      if (lookedTo === null || this.lowered.has(webhookId)) continue;
      const mark = this.marks.get(webhookId);
      if (mark === undefined || lookedTo > mark) this.remember(webhookId, lookedTo);
    }
  }

  /** Something is due at this moment, in Unix milliseconds. */
  lower(webhookId: string, dueAt: number): void {
    this.lowered.add(webhookId);
    const mark = this.marks.get(webhookId);
    if (mark !== undefined && dueAt < mark) this.remember(webhookId, dueAt);
  }

  private remember(webhookId: string, mark: number): void {
    if (this.marks.size >= MOST_REMEMBERED && !this.marks.has(webhookId)) {
      const [oldest] = this.marks.keys();
      this.marks.delete(oldest!);
    }
    // Rounded down: columns have milliseconds, and a delivery due at the mark itself is looked at again.
    this.marks.set(webhookId, Math.floor(mark) - 1);
  }
}
