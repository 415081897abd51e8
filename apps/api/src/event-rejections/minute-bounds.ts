const MINUTE_MS = 60_000;

/** How many rejections one API process keeps per minute. */
export const REJECTION_BOUNDS = {
  /** For one tenant, by known keys. */
  ofTenant: 60,
  /** For one revoked, expired or wrong key. */
  ofKey: 10,
  /** For keys that never existed, and requests without a key. */
  ofStrangers: 60,
  /** For all keys together whose owner is unknown: invented keys cannot use up the share of tenants. */
  ofUnowned: 500,
  /** For all tenants together. */
  ofAll: 6_000,
} as const;

/** An owner's rejections of the present minute. */
interface Counted<Item> {
  kept: number;
  last: Item | undefined;
}

/**
 * Decides which items are kept: a number of each owner's per minute. The last one that is kept counts those that are
 * left out after it.
 */
export class MinuteBounds<Item extends { leftOut: number }> {
  private owners = new Map<string, Counted<Item>>();
  private minute = -1;
  private all = 0;

  constructor(
    private readonly ofAll: number,
    private readonly now: () => number,
  ) {}

  /** @returns the item if it is kept, else the one that counts it; undefined if none of the owner's was kept */
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
