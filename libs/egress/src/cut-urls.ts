import { LRUCache } from 'lru-cache';

/** How long a URL gets new connections only. Milliseconds. */
const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * URLs whose receiver closed a kept-open connection as a request was sent on it. For a while they get connections of
 * their own, so that the next attempt cannot meet the same end. By URL and not by origin: a receiver that does so at
 * one path does not slow down its other paths.
 */
export class CutUrls {
  private readonly until = new LRUCache<string, number>({ max: MOST_REMEMBERED });

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(url: string): void {
    this.until.set(url, this.now() + REMEMBERED_MS);
  }

  has(url: string): boolean {
    const until = this.until.get(url);
    return until !== undefined && this.now() < until;
  }
}
