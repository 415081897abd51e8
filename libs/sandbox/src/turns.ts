/** A request that cost less is charged to nobody. Milliseconds. */
const DEAR_MS = 1;

/**
 * What waits, by key: keys take turns, and within a key the first comes first. A key whose request was dear has its
 * next turn when others had as much time, or when none of them waits.
 */
export class Turns<T> {
  private readonly queues = new Map<string, T[]>();
  /** Up to where on the clock keys have had more than their turns. */
  private readonly aheadTo = new Map<string, number>();
  /** What all requests have cost so far. Milliseconds. */
  private clock = 0;

  constructor(private readonly maxPerKey: number) {}

  /** @returns false when that key has too much waiting already */
  add(key: string, item: T): boolean {
    const queue = this.queues.get(key);
    if (!queue) this.queues.set(key, [item]);
    else if (queue.length < this.maxPerKey) queue.push(item);
    else return false;
    return true;
  }

  /** What was taken and did not get its turn is the first of its key again. */
  putBack(key: string, item: T): void {
    const queue = this.queues.get(key);
    if (queue) queue.unshift(item);
    else this.queues.set(key, [item]);
  }

  /** The next of the key whose turn it is; that key goes behind all others. */
  take(): T | undefined {
    const key = this.next();
    if (key === undefined) return undefined;
    const queue = this.queues.get(key)!;
    const item = queue.shift();
    this.queues.delete(key);
    if (queue.length > 0) this.queues.set(key, queue);
    return item;
  }

  /** @param ms what a request of the key has cost, in milliseconds */
  charge(key: string, ms: number): void {
    this.clock += ms;
    if (ms < DEAR_MS) return;
    const aheadTo = Math.max(this.aheadTo.get(key) ?? 0, this.clock) + ms;
    this.aheadTo.set(key, aheadTo);
    for (const [other, to] of this.aheadTo) if (to <= this.clock) this.aheadTo.delete(other);
  }

  private next(): string | undefined {
    let first: string | undefined;
    let least = Infinity;
    for (const key of this.queues.keys()) {
      const aheadTo = this.aheadTo.get(key) ?? 0;
      if (aheadTo <= this.clock) return key;
      if (aheadTo < least) [first, least] = [key, aheadTo];
    }
    return first;
  }
}
