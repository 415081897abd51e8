/** How long a turn is. */
interface TurnOptions<Item> {
  /** How much of a turn an item takes. Default 1. */
  costOf?: (item: Item) => number;
  /** A turn ends once its items have cost this much. Default 1. */
  turn?: number;
}

/** Items that wait, each with an owner. Owners take turns, however many items each of them has. */
export class RoundRobin<Item> {
  /** In the order of the turns: the first owner is next. */
  private readonly queues = new Map<string, Item[]>();
  private readonly costOf: (item: Item) => number;
  private readonly turn: number;
  /** How much of its turn the first owner has used. */
  private spent = 0;

  constructor({ costOf = () => 1, turn = 1 }: TurnOptions<Item> = {}) {
    this.costOf = costOf;
    this.turn = turn;
  }

  /** How many items of an owner wait. */
  countOf(owner: string): number {
    return this.queues.get(owner)?.length ?? 0;
  }

  add(owner: string, item: Item): void {
    const queue = this.queues.get(owner);
    if (queue) queue.push(item);
    else this.queues.set(owner, [item]);
  }

  /** Puts an item before all others of its owner. */
  putBack(owner: string, item: Item): void {
    const queue = this.queues.get(owner);
    if (queue) queue.unshift(item);
    else this.queues.set(owner, [item]);
  }

  /** The item that {@link next} would take. */
  peek(): Item | undefined {
    for (const queue of this.queues.values()) return queue[0];
    return undefined;
  }

  /**
   * Takes the oldest item of the owner whose turn it is.
   *
   * @param may whether an owner can have a turn now; those who cannot keep their place
   */
  next(may: (owner: string) => boolean = () => true): Item | undefined {
    for (const [owner, queue] of this.queues) {
      if (!may(owner)) continue;
      const item = queue.shift()!;
      this.spent += this.costOf(item);
      if (queue.length === 0 || this.spent >= this.turn) this.endTurn(owner, queue);
      return item;
    }
    return undefined;
  }

  private endTurn(owner: string, queue: Item[]): void {
    this.spent = 0;
    this.queues.delete(owner);
    if (queue.length > 0) this.queues.set(owner, queue);
  }

  /** Removes an item that no longer waits. */
  remove(owner: string, item: Item): void {
    const left = this.queues.get(owner)?.filter((other) => other !== item) ?? [];
    if (left.length > 0) this.queues.set(owner, left);
    else this.queues.delete(owner);
  }

  /** Removes all items of an owner. */
  drainOwner(owner: string): Item[] {
    const queue = this.queues.get(owner) ?? [];
    this.queues.delete(owner);
    return queue;
  }

  /** Removes all items. */
  drain(): Item[] {
    const all = [...this.queues.values()].flat();
    this.queues.clear();
    this.spent = 0;
    return all;
  }
}
