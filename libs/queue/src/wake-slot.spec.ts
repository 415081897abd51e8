import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wakeSlot } from './wake-slot.js';

const DAY_SECONDS = 86_400;

describe('the moment of a delayed wake', () => {
  it('is never before the delivery is due, and at most a 32nd of the delay or 0.1 s after', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4e12 }),
        fc.double({ min: 0, max: DAY_SECONDS, noNaN: true }),
        (now, delaySeconds) => {
          const late = wakeSlot(now, delaySeconds) - (now + delaySeconds * 1000);
          expect(late).toBeGreaterThanOrEqual(-1e-3);
          expect(late).toBeLessThanOrEqual(Math.max(100, (delaySeconds * 1000) / 32) + 1e-3);
        },
      ),
    );
  });

  it('is the same for deliveries that are due close together', () => {
    const now = 1_700_000_000_000;
    const moments = new Set<number>();
    for (let i = 0; i < 1000; i++) moments.add(wakeSlot(now + i, 30));
    expect(moments.size).toBeLessThanOrEqual(3);
  });
});
