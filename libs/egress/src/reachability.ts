/** A request that is under way. */
export interface Trial {
  /** Where it leads; `null` until the name is resolved. */
  readonly address: string | null;
  readonly startedAt: number;
  /** Whether nothing has come back from there: no connection or, on a reused connection, no byte. */
  readonly unanswered: boolean;
}

/** If this many different addresses cannot be reached, and none can, our own network has failed. */
const MANY = 3;
/** Failures longer ago than this do not count. Milliseconds. */
const REMEMBERED_MS = 60_000;
/** A request that has been under way for this long without an answer counts as a failure too. Milliseconds. */
const SLOW_MS = 1000;

/**
 * Tells whether our own network is cut off or a receiver is. If one address cannot be reached, it is the customer's
 * failure; it is ours if several different ones cannot be, and nothing else was reached in the meantime. This
 * machine's own addresses can be reached without any network, so they prove nothing.
 */
export class Reachability {
  private reachedAt = -Infinity;
  /** When it last failed, by address; since anything was reached. */
  private readonly failed = new Map<string, number>();

  /**
   * @param trials all requests that are under way
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(
    private readonly trials: () => Iterable<Trial>,
    private readonly now: () => number,
  ) {}

  /** Something came back from there. */
  reached(address: string): void {
    if (isLoopback(address)) return;
    this.reachedAt = this.now();
    if (this.failed.size > 0) this.failed.clear();
  }

  unreached(address: string): void {
    if (isLoopback(address)) return;
    this.failed.set(address, this.now());
  }

  /**
   * Whether the failure to reach an address is ours.
   *
   * @param since when it was first tried: whatever was reached after that speaks for the network
   */
  isOurs(address: string, since: number): boolean {
    if (isLoopback(address) || this.reachedAt >= since) return false;
    return this.unreachedBesides(address).size >= MANY - 1;
  }

  private unreachedBesides(address: string): Set<string> {
    const now = this.now();
    const others = new Set<string>();
    for (const [other, at] of this.failed) {
      if (now - at > REMEMBERED_MS) this.failed.delete(other);
      else others.add(other);
    }
    for (const trial of this.trials()) {
      if (others.size >= MANY) break;
      if (this.isSign(trial, now)) others.add(trial.address!);
    }
    others.delete(address);
    return others;
  }

  private isSign({ address, startedAt, unanswered }: Trial, now: number): boolean {
    if (address === null || !unanswered || isLoopback(address)) return false;
    return startedAt > this.reachedAt && now - startedAt >= SLOW_MS;
  }
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.');
}
