/** How long name servers that failed are not asked. Milliseconds. */
const HOLDS_MS = 5000;
/**
 * How many names that resolved are remembered: they are asked again to tell a broken name from broken name servers.
 */
const NAMES_KEPT = 3;

/**
 * What lookups have shown about the name servers of this machine. A name that cannot be looked up is the customer's
 * failure while other names resolve, and ours once names fail that resolved before.
 */
export class LookupEvidence {
  private resolvedAt = -Infinity;
  private failedAt = -Infinity;
  /** Names that resolved, the last one at the end. */
  private names: string[] = [];

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number) {}

  /** Whether no name has resolved since a control failed. */
  get down(): boolean {
    return this.failedAt > this.resolvedAt;
  }

  /**
   * Whether the failure of a lookup is ours, if that is known without asking a control. A name that resolved before
   * the lookup began proves nothing: five failures in a row take milliseconds.
   *
   * @param since when the lookup began
   */
  knownAsOurs(since: number): boolean | undefined {
    if (this.resolvedAt >= since) return false;
    if (this.down && this.now() - this.failedAt < HOLDS_MS) return true;
    return undefined;
  }

  resolved(name: string): void {
    this.resolvedAt = this.now();
    if (this.names.at(-1) === name) return;
    this.names = [...this.names.filter((other) => other !== name), name].slice(-NAMES_KEPT);
  }

  /** The root resolved: this speaks for the servers, not for any name. */
  rootResolved(): void {
    this.resolvedAt = this.now();
  }

  controlFailed(): void {
    this.failedAt = this.now();
  }

  /** The control for a name: others that resolved before. */
  namesBesides(name: string): string[] {
    return this.names.filter((other) => other !== name);
  }
}
