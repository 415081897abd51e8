import { describe, expect, it } from 'vitest';
import { connectionsOf, heapLimitMb, processCounts } from './process-counts.js';

const counts = (cores: number, settings: { apis?: number; dispatchers?: number } = {}) =>
  processCounts({ apis: undefined, dispatchers: undefined, ...settings }, cores);

describe('the processes that npm start runs', () => {
  it.each([1, 2, 4, 7])('are one API and one dispatcher on %d cores', (cores) => {
    expect(counts(cores)).toEqual({ apis: 1, dispatchers: 1 });
  });

  it.each([
    [8, 2],
    [12, 3],
    [16, 4],
    [128, 4],
  ])('are more from eight cores on, up to four of each: on %d cores %d', (cores, pairs) => {
    expect(counts(cores)).toEqual({ apis: pairs, dispatchers: pairs });
  });

  it('are as many as the settings say, on any machine', () => {
    expect(counts(2, { apis: 3, dispatchers: 5 })).toEqual({ apis: 3, dispatchers: 5 });
    expect(counts(8, { apis: 1 })).toEqual({ apis: 1, dispatchers: 2 });
  });

  it('need more connections than Postgres allows by default only when there are more of them', () => {
    expect(connectionsOf({ apis: 1, dispatchers: 1 })).toBeLessThan(100);
    expect(connectionsOf({ apis: 2, dispatchers: 2 })).toBeGreaterThan(100);
  });

  it.each([
    [1, 24, 4096],
    [2, 8, 1024],
    [4, 16, 1024],
    [1, 1, 512],
  ])('have heaps of half the memory together: %d of each in %d GiB', (pairs, gib, limit) => {
    expect(heapLimitMb({ apis: pairs, dispatchers: pairs }, gib * 2 ** 30)).toBe(limit);
  });
});
