import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRetryDelay } from './retry-schedule.js';
import { DEFAULT_WEBHOOK_SETTINGS } from './webhook-settings.js';

const { retrySchedule } = DEFAULT_WEBHOOK_SETTINGS;

describe('the retry schedule', () => {
  it('of AllureConnect is 30 s, 2 min, 10 min, 1 h and 6 h, and then the delivery is dead', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((failures) => nextRetryDelay(retrySchedule, failures, 0));
    expect(delays).toEqual([30, 120, 600, 3600, 21_600, undefined]);
  });

  it('takes about 7 h 13 min from the first attempt to the last', () => {
    const total = retrySchedule.reduce((sum, delay) => sum + delay, 0);
    expect(total).toBe(7 * 3600 + 12 * 60 + 30);
  });

  it('stretches each delay by up to 10 % and never shortens one', () => {
    const oneDelay = fc.integer({ min: 1, max: 86_400 });
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(oneDelay, random, (delay, chance) => {
        const stretched = nextRetryDelay([delay], 1, chance)!;
        expect(stretched).toBeGreaterThanOrEqual(delay);
        expect(stretched).toBeLessThanOrEqual(delay * 1.1);
      }),
    );
  });
});
