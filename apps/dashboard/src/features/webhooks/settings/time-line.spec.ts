import { expect, it } from 'vitest';
import { timeLineOf } from './time-line.ts';

it('a retry schedule is a line from the first attempt to the last, on which short delays are seen too', () => {
  const marks = timeLineOf([30, 120, 600, 3_600, 21_600]);
  expect(marks.map(({ at }) => at)).toEqual([0, 30, 150, 750, 4_350, 25_950]);
  expect(marks[0]!.place).toBe(0);
  expect(marks.at(-1)!.place).toBe(100);
  const gaps = marks.slice(1).map(({ place }, i) => place - marks[i]!.place);
  expect(Math.min(...gaps)).toBeGreaterThan(10);
});

it('a line without retries is the first attempt alone', () => {
  expect(timeLineOf([])).toEqual([{ at: 0, delay: 0, place: 0 }]);
});
