import { describe, expect, it } from 'vitest';
import { AttemptTally } from './attempt-tally.js';

/** What is read from a bucket is off by 5 % at most. */
const bucketOf = (ms: number): number => Math.floor(Math.log(ms) / Math.log(1.1));

describe('attempts of some time, added up', () => {
  it('have the response times within which a half, and all but 5 and 1 in a hundred, were answered', () => {
    const tally = new AttemptTally();
    tally.add(bucketOf(100), 90);
    tally.add(bucketOf(1_000), 7);
    tally.add(bucketOf(10), 1);
    tally.add(bucketOf(30_000), 2);
    tally.addOutcomes({ failed: 7, interrupted: 0 });
    const { responseTimeMs, ...counts } = tally.take();
    expect(counts).toEqual({ delivered: 93, failed: 7, interrupted: 0, successRate: 0.93 });
    const within = (ms: number) => expect.closeTo(ms, -Math.log10(ms / 10));
    expect(responseTimeMs).toEqual({ p50: within(100), p95: within(1_000), p99: within(30_000) });
  });

  it('have none where nothing answered, and no rate where none ended', () => {
    const tally = new AttemptTally();
    tally.add(-1, 3);
    tally.addOutcomes({ failed: 0, interrupted: 3 });
    expect(tally.take()).toEqual({
      delivered: 0,
      failed: 0,
      interrupted: 3,
      successRate: null,
      responseTimeMs: null,
    });
  });

  it('are of the next hour once they were taken', () => {
    const tally = new AttemptTally();
    tally.add(bucketOf(100), 5);
    tally.take();
    tally.add(-1, 1);
    tally.addOutcomes({ failed: 1, interrupted: 0 });
    expect(tally.take()).toMatchObject({ delivered: 0, failed: 1, responseTimeMs: null });
  });
});
