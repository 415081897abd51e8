/** How long a URL gets only new connections. Milliseconds. */
const REMEMBERED_MS = 60_000;
/** Above this many the oldest is forgotten. */
const MOST_REMEMBERED = 10_000;

/**
 * URLs whose receiver closed a kept-open connection as a request was sent on it. For a while they get connections of
 * their own, so that the next attempt cannot meet the same end. By URL and not by origin: a receiver that does so at
 * one path does not slow down its other paths.
 */
export class CutUrls {
  private readonly until = new Map<string, number>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  add(url: string): void {
    this.until.delete(url);
    this.until.set(url, this.now() + REMEMBERED_MS);
    if (this.until.size <= MOST_REMEMBERED) return;
    const [oldest] = this.until.keys();
    this.until.delete(oldest!);
  }

  has(url: string): boolean {
    const until = this.until.get(url);
    if (until === undefined) return false;
    if (this.now() < until) return true;
    this.until.delete(url);
    return false;
  }
}
