import { expect, it } from 'vitest';
import { exactDuration, plannedAttempts, USUAL_SCHEDULE } from './retry-times.ts';

it('a cycle has one attempt more than its schedule has waits', () => {
  expect(plannedAttempts([30, 120])).toEqual([
    { number: 1, waits: 0, after: 0 },
    { number: 2, waits: 30, after: 30 },
    { number: 3, waits: 120, after: 150 },
  ]);
  expect(plannedAttempts(USUAL_SCHEDULE).at(-1)).toMatchObject({ number: 6, after: 25_950 });
});

it.each([
  [1, '1 s'],
  [120, '2 min'],
  [5_400, '1 h 30 min'],
  [25_950, '7 h 12 min'],
  [86_400, '1 day'],
  [180_000, '2 days 2 h'],
])('%i seconds are %s', (seconds, words) => {
  expect(exactDuration(seconds)).toBe(words);
});
