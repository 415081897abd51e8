import { responseTimesOf } from '../../steps/response-time.js';
import type { AttemptStats } from './attempt-stats.js';

export type AttemptOutcome = 'delivered' | 'failed' | 'interrupted';

/** Adds up the attempts of some time. A month is tens of thousands of counts, so none becomes an object of its own. */
export class AttemptTally {
  readonly #outcomes = { delivered: 0, failed: 0, interrupted: 0 };
  /** The bucket -1 comes first. */
  readonly #byBucket: number[] = [];

  add(outcome: AttemptOutcome, bucket: number, attempts: number): void {
    this.#outcomes[outcome] += attempts;
    this.#byBucket[bucket + 1] = (this.#byBucket[bucket + 1] ?? 0) + attempts;
  }

  stats(): AttemptStats {
    const { delivered, failed, interrupted } = this.#outcomes;
    const ended = delivered + failed;
    const buckets: { bucket: number; attempts: number }[] = [];
    this.#byBucket.forEach((attempts, index) => buckets.push({ bucket: index - 1, attempts }));
    return {
      delivered,
      failed,
      interrupted,
      successRate: ended === 0 ? null : delivered / ended,
      responseTimeMs: responseTimesOf(buckets),
    };
  }
}
