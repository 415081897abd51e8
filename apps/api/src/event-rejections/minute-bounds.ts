const MINUTE_MS = 60_000;

/** How many rejections one API process keeps of each minute. */
export const REJECTION_BOUNDS = {
  /** Of one tenant, by known keys. */
  ofTenant: 60,
  /** Of one key that is revoked, expired or wrong. */
  ofKey: 10,
  /** Of keys that nobody ever had, and without a key. */
  ofStrangers: 60,
  /** Of all keys together whose owner is not known: whoever makes up keys leaves the share of tenants alone. */
  ofUnowned: 500,
  /** Of all tenants together. */
  ofAll: 6_000,
} as const;

/** What is counted for an owner in a minute. */
interface Counted<Item> {
  kept: number;
  last: Item | undefined;
}

/**
 * Says of what comes whether it is kept: so many of an owner in each minute. The last that is kept counts those that
 * are left out behind it.
 */
export class MinuteBounds<Item extends { leftOut: number }> {
  private owners = new Map<string, Counted<Item>>();
  private minute = -1;
  private all = 0;

  constructor(
    private readonly ofAll: number,
    private readonly now: () => number,
  ) {}

  /** @returns the item when it is kept, else the one that counts it; none where nothing of the owner was kept */
  admit(owner: string, most: number, item: Item): Item | undefined {
    this.turn();
    const counted = this.owners.get(owner);
    if (this.all < this.ofAll && (counted?.kept ?? 0) < most) {
      this.all += 1;
      this.owners.set(owner, { kept: (counted?.kept ?? 0) + 1, last: item });
      return item;
    }
    if (counted?.last) counted.last.leftOut += 1;
    return counted?.last;
  }

  private turn(): void {
    const minute = Math.floor(this.now() / MINUTE_MS);
    if (minute === this.minute) return;
    this.minute = minute;
    this.owners = new Map();
    this.all = 0;
  }
}
