import { describe, expect, it } from 'vitest';
import { LowWaterMarks } from './low-water-marks.js';

const claimed = (looked_to: number) => [{ webhook_id: 'wh', looked_to }];

describe('where a claim begins', () => {
  it('is where the one before it ended, and never later than what was given back', () => {
    const marks = new LowWaterMarks();
    expect(marks.forClaim(['wh'])).toEqual([null]);
    marks.raise(claimed(100));
    expect(marks.forClaim(['wh', 'other'])).toEqual([99, null]);
    marks.lower('wh', 50);
    expect(marks.forClaim(['wh'])).toEqual([49]);
  });

  it.each([50, 150])(
    'is no later for a claim that was under way when something due at %i was given back',
    (dueAt) => {
      const marks = new LowWaterMarks();
      marks.forClaim(['wh']);
      marks.raise(claimed(100));
      marks.forClaim(['wh']);
      marks.lower('wh', dueAt);
      marks.raise(claimed(200));
      const [next] = marks.forClaim(['wh']);
      expect(next).toBeLessThan(dueAt);
    },
  );
});
