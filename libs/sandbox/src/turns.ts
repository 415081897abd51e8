/** What waits, by key: keys take turns, and within a key the first comes first. */
export class Turns<T> {
  readonly #queues = new Map<string, T[]>();

  constructor(private readonly maxPerKey: number) {}

  /** @returns false when that key has too much waiting already */
  add(key: string, item: T): boolean {
    const queue = this.#queues.get(key);
    if (!queue) this.#queues.set(key, [item]);
    else if (queue.length < this.maxPerKey) queue.push(item);
    else return false;
    return true;
  }

  /** The next of the key whose turn it is; that key goes behind all others. */
  take(): T | undefined {
    const [turn] = this.#queues;
    if (!turn) return undefined;
    const [key, queue] = turn;
    const item = queue.shift();
    this.#queues.delete(key);
    if (queue.length > 0) this.#queues.set(key, queue);
    return item;
  }
}
