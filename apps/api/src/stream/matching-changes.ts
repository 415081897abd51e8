import { ChangeCounts, type ChangedDelivery } from './change-counts.js';

/** The changes that match a filter: counted once for all readers with that filter. */
export class MatchingChanges {
  private readonly all: readonly ChangedDelivery[];
  private readonly oldest: number;
  private readonly beyond = new Map<number, ChangeCounts>();

  constructor(all: readonly ChangedDelivery[]) {
    this.all = all;
    this.oldest = all.reduce((oldest, { facts }) => Math.min(oldest, facts.updatedAt), Infinity);
  }

  /** @param from Unix milliseconds */
  since(from: number): MatchingChanges {
    if (from <= this.oldest) return this;
    return new MatchingChanges(this.all.filter(({ facts }) => facts.updatedAt >= from));
  }

  /** The ids of the first `many` of them, UUIDs, in the order in which they were made. */
  firstIds(many: number): string[] {
    return this.all
      .slice(0, many)
      .map(({ facts }) => facts.id)
      .toSorted();
  }

  /** Counts the changes after the first `many`. */
  countsBeyond(many: number): ChangeCounts {
    let counts = this.beyond.get(many);
    if (!counts) this.beyond.set(many, (counts = ChangeCounts.of(this.all.slice(many))));
    return counts;
  }
}
