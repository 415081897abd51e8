import { BUCKETS, responseTimesOf } from '../../steps/response-time.js';
import type { AttemptStats } from './attempt-stats.js';

/** Adds up the attempts of some time, in one place: a month is tens of thousands of counts of 720 hours. */
export class AttemptTally {
  private attempts = 0;
  private failed = 0;
  private interrupted = 0;
  private unanswered = 0;
  private readonly byBucket = new Float64Array(BUCKETS);

  /** @param bucket -1: nothing answered */
  add(bucket: number, attempts: number): void {
    this.attempts += attempts;
    if (bucket < 0) this.unanswered += attempts;
    else this.byBucket[bucket]! += attempts;
  }

  /** How many of those that are added were not delivered. */
  addOutcomes({ failed, interrupted }: { failed: number; interrupted: number }): void {
    this.failed += failed;
    this.interrupted += interrupted;
  }

  /** How they went; begins anew. */
  take(): AttemptStats {
    const [failed, interrupted] = [this.failed, this.interrupted];
    const ended = this.attempts - interrupted;
    const delivered = ended - failed;
    const responseTimeMs = responseTimesOf(this.byBucket, this.attempts - this.unanswered);
    this.attempts = this.failed = this.interrupted = this.unanswered = 0;
    this.byBucket.fill(0);
    const successRate = ended === 0 ? null : delivered / ended;
    return { delivered, failed, interrupted, successRate, responseTimeMs };
  }
}
