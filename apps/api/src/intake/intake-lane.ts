import { RoundRobin } from '../fairness/round-robin.js';
import type { LaneLimits } from './intake-limits.js';

/** An item that waits to be stored, an event or a commit, and the caller who waits for that. */
export interface Waiting<Item, Outcome> {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/** What a lane has to know about its items. */
export interface ItemTraits<Item> {
  tenantOf(item: Item): string;
  /** Bytes in memory while it waits. */
  sizeOf(item: Item): number;
  /** How many webhooks it will probably go to. */
  widthOf(item: Item): number;
}

/** A tenant's share of a turn, in deliveries and items: as much as some events that go to a few webhooks. */
const TURN = 100;

/** With this many items in a flush, waiting for more saves little. */
const A_CROWD = 128;

/** After this long without a flush, no further item is expected. Milliseconds. */
const A_PAUSE_MS = 50;

/**
 * Makes one flush of the items that arrive while another is under way: committing a hundred together costs little more
 * than committing one. One flush runs at a time. An item that comes after a pause goes at once; one that comes soon
 * after another flush waits for company, the less the more company that one had. When more items wait than fit into a
 * flush, tenants take turns.
 */
export class IntakeLane<Item, Outcome> {
  private readonly waiting: RoundRobin<Waiting<Item, Outcome>>;
  private count = 0;
  private bytes = 0;
  private flushing = false;
  private scheduled = false;
  private flushedAt = -Infinity;
  /** Items of the last flush. */
  private items = 0;

  /** @param settle answers those who wait for the items of a flush, or puts the items back; never rejects */
  constructor(
    private readonly limits: LaneLimits,
    private readonly traits: ItemTraits<Item>,
    private readonly settle: (flush: readonly Waiting<Item, Outcome>[]) => Promise<void>,
  ) {
    this.waiting = new RoundRobin({
      costOf: ({ item }) => 1 + traits.widthOf(item),
      turn: TURN,
    });
  }

  get bounds(): LaneLimits['bounds'] {
    return this.limits.bounds;
  }

  /** Whether the lane has no room for this item. */
  isFullFor(item: Item): boolean {
    const { waitingItems, waitingBytes, waitingItemsOfTenant } = this.limits;
    if (this.count >= waitingItems || this.bytes >= waitingBytes) return true;
    const ofTenant = this.waiting.countOf(this.traits.tenantOf(item));
    if (ofTenant >= waitingItemsOfTenant) return true;
    if (ofTenant === 0) return false;
    return ofTenant * this.traits.widthOf(item) >= this.limits.waitingDeliveriesOfTenant;
  }

  add(waiting: Waiting<Item, Outcome>): void {
    this.waiting.add(this.traits.tenantOf(waiting.item), waiting);
    this.enter(waiting);
    this.schedule();
  }

  /** They were first, and are first again, in the same order. */
  putBack(flush: readonly Waiting<Item, Outcome>[]): void {
    for (const waiting of flush.toReversed()) {
      this.waiting.putBack(this.traits.tenantOf(waiting.item), waiting);
      this.enter(waiting);
    }
    this.schedule();
  }

  /** Removes and returns all waiting items. */
  drain(): Waiting<Item, Outcome>[] {
    this.count = 0;
    this.bytes = 0;
    return this.waiting.drain();
  }

  /** Removes and returns the waiting items of a tenant, in their order. */
  drainTenant(tenantId: string): Waiting<Item, Outcome>[] {
    const drained = this.waiting.drainOwner(tenantId);
    for (const waiting of drained) this.leave(waiting);
    return drained;
  }

  private enter({ item }: Waiting<Item, Outcome>): void {
    this.count += 1;
    this.bytes += this.traits.sizeOf(item);
  }

  private schedule(): void {
    if (this.flushing || this.count === 0) return;
    if (this.count >= this.limits.flushItems) return void this.flush();
    if (this.scheduled) return;
    this.scheduled = true;
    const waitMs = this.waitMs();
    // Even after a pause, what was read from the sockets in the same turn goes together.
    if (waitMs > 0) setTimeout(() => this.flush(), waitMs);
    else setImmediate(() => this.flush());
  }

  private waitMs(): number {
    const { lingerMs, spacingMs } = this.limits;
    const sinceLast = performance.now() - this.flushedAt;
    if (sinceLast > A_PAUSE_MS) return 0;
    const spacing = Math.min(spacingMs, A_CROWD / this.items);
    return Math.max(this.items > 1 ? lingerMs : 0, spacing - sinceLast);
  }

  private async flush(): Promise<void> {
    this.scheduled = false;
    if (this.flushing || this.count === 0) return;
    this.flushing = true;
    const flush = this.take();
    this.flushedAt = performance.now();
    this.items = flush.length;
    await this.settle(flush);
    this.flushing = false;
    this.schedule();
  }

  /** As many items as one statement may have, at least one. */
  private take(): Waiting<Item, Outcome>[] {
    const { flushItems, flushBytes, bounds } = this.limits;
    const flush: Waiting<Item, Outcome>[] = [];
    let bytes = 0;
    let deliveries = 0;
    while (flush.length < flushItems) {
      const next = this.waiting.peek();
      if (!next) break;
      bytes += this.traits.sizeOf(next.item);
      deliveries += this.traits.widthOf(next.item);
      if (flush.length > 0 && (bytes > flushBytes || deliveries > bounds.ofAll)) break;
      flush.push(this.waiting.next()!);
      this.leave(next);
    }
    return flush;
  }

  private leave({ item }: Waiting<Item, Outcome>): void {
    this.count -= 1;
    this.bytes -= this.traits.sizeOf(item);
  }
}
