import { setTimeout as sleep } from 'node:timers/promises';

interface GathererOptions {
  /** How long the first item waits for others. Milliseconds. */
  gatherMs: number;
  /** The most items that go together. */
  most: number;
}

/** Gathers items for a statement: items of the same few milliseconds go together, one statement at a time. */
export class Gatherer<Item> {
  private waiting: Item[] = [];
  private flushing = false;

  /** @param flush never rejects */
  constructor(
    private readonly options: GathererOptions,
    private readonly flush: (items: readonly Item[]) => Promise<void>,
  ) {}

  add(item: Item): void {
    this.waiting.push(item);
    if (this.flushing) return;
    this.flushing = true;
    void this.flushAll();
  }

  private async flushAll(): Promise<void> {
    const { gatherMs, most } = this.options;
    await sleep(gatherMs);
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, most));
    this.flushing = false;
  }
}
