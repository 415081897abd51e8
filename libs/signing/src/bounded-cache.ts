/**
 * A cache of at most twice `generationSize` entries that forgets what was not asked for lately.
 *
 * Two maps stand in for a least-recently-used list: a hit in the young one costs one look-up and moves
 * nothing, which is what the hot path sees.
 */
export class BoundedCache<Key, Value> {
  private young = new Map<Key, Value>();
  private old = new Map<Key, Value>();

  constructor(private readonly generationSize: number) {}

  get size(): number {
    return this.young.size + this.old.size;
  }

  /** The cached value, or the one that `make` makes and that is kept from now on. */
  getOrMake(key: Key, make: (key: Key) => Value): Value {
    const hit = this.young.get(key);
    if (hit !== undefined) return hit;
    const value = this.old.get(key) ?? make(key);
    this.keep(key, value);
    return value;
  }

  private keep(key: Key, value: Value): void {
    if (this.young.size >= this.generationSize) {
      this.old = this.young;
      this.young = new Map();
    }
    this.old.delete(key);
    this.young.set(key, value);
  }
}
