import { describe, expect, it } from 'vitest';
import { inWords, scheduleInWords, scheduleOf, secondsOf } from './durations.ts';

describe('a retry schedule', () => {
  it('reads as a person writes it', () => {
    expect(scheduleInWords([30, 120, 600, 3_600, 21_600])).toBe('30 s, 2 min, 10 min, 1 h, 6 h');
    expect(inWords(5_400)).toBe('1 h 30 min');
    expect(inWords(172_800)).toBe('2 days');
  });

  it('is understood as a person writes it, and comes back the same', () => {
    const written = '30 s, 2min; 1 hour 30 minutes, 1 day, 45';
    expect(scheduleOf(written)).toEqual({ delays: [30, 120, 5_400, 86_400, 45] });
    expect(scheduleOf(scheduleInWords([1, 90, 86_400]))).toEqual({ delays: [1, 90, 86_400] });
  });

  it.each(['soon', '2 fortnights', '-1', 's'])('says that “%s” is not a time', (text) => {
    expect(secondsOf(text)).toBeUndefined();
    expect(scheduleOf(text)).toHaveProperty('fault');
  });
});
