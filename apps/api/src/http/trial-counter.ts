import { ApiError } from './api-error.js';

const WINDOW_MS = 60_000;

/** Above this number, entries without recent trials are forgotten, and all entries if that is not enough. */
const MAX_COUNTED = 100_000;

/** Counts the trials of the last minute, in memory: each API process counts on its own. */
export class TrialCounter {
  /** When the latest trials of each were. */
  private readonly trials = new Map<string, number[]>();

  /** @param now ms of any origin */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /**
   * Counts a trial for each given key. A refused trial is not counted: whoever keeps trying gets in as soon as their
   * first trials are a minute ago.
   *
   * @param limits keys, and how many trials per minute each may have
   * @throws ApiError `rate_limited` with `Retry-After`, in seconds
   */
  count(limits: readonly (readonly [who: string, most: number])[]): void {
    const now = this.now();
    for (const [who, most] of limits) this.refuseBeyond(who, most, now);
    if (this.trials.size >= MAX_COUNTED) this.forget(now);
    for (const [who] of limits) this.trials.set(who, [...this.recent(who, now), now]);
  }

  private refuseBeyond(who: string, most: number, now: number): void {
    const recent = this.recent(who, now);
    if (recent.length < most) return;
    const seconds = Math.ceil((recent[0]! + WINDOW_MS - now) / 1000);
    throw new ApiError('rate_limited', undefined, {
      headers: { 'Retry-After': String(Math.max(1, seconds)) },
    });
  }

  private recent(who: string, now: number): number[] {
    return (this.trials.get(who) ?? []).filter((at) => at > now - WINDOW_MS);
  }

  private forget(now: number): void {
    for (const who of this.trials.keys()) {
      if (this.recent(who, now).length === 0) this.trials.delete(who);
    }
    if (this.trials.size >= MAX_COUNTED) this.trials.clear();
  }
}
