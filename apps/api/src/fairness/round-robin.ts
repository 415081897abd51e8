/** Items that wait, each of an owner; owners take turns, however many items each of them has. */
export class RoundRobin<Item> {
  /** In the order of the turns: the first owner is next. */
  readonly #queues = new Map<string, Item[]>();

  /** How many items of an owner wait. */
  countOf(owner: string): number {
    return this.#queues.get(owner)?.length ?? 0;
  }

  add(owner: string, item: Item): void {
    const queue = this.#queues.get(owner);
    if (queue) queue.push(item);
    else this.#queues.set(owner, [item]);
  }

  /**
   * Takes the oldest item of the owner whose turn it is.
   *
   * @param may whether an owner can have a turn now; those who cannot keep their place
   */
  next(may: (owner: string) => boolean = () => true): Item | undefined {
    for (const [owner, queue] of this.#queues) {
      if (!may(owner)) continue;
      const item = queue.shift();
      this.#queues.delete(owner);
      if (queue.length > 0) this.#queues.set(owner, queue);
      return item;
    }
    return undefined;
  }

  /** Takes out an item that does not wait any longer. */
  remove(owner: string, item: Item): void {
    const left = this.#queues.get(owner)?.filter((other) => other !== item) ?? [];
    if (left.length > 0) this.#queues.set(owner, left);
    else this.#queues.delete(owner);
  }

  /** Takes all items out. */
  drain(): Item[] {
    const all = [...this.#queues.values()].flat();
    this.#queues.clear();
    return all;
  }
}
