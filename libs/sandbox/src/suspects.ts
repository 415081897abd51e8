import { SUSPECT_MS } from './limits.js';

/** The keys whose requests ran over their deadline or memory in the last minute. */
export class Suspects {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  add(key: string): void {
    this.forget();
    // Deleted first, so that the map stays in the order in which its entries end.
    this.until.delete(key);
    this.until.set(key, this.now() + SUSPECT_MS);
  }

  has(key: string): boolean {
    const until = this.until.get(key);
    return until !== undefined && until > this.now();
  }

  private forget(): void {
    for (const [key, until] of this.until) {
      if (until > this.now()) return;
      this.until.delete(key);
    }
  }
}
