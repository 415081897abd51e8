import { expect, it } from 'vitest';
import { RestartDelay } from './restart-delay.js';

it('a process that keeps dying is started again at growing intervals, up to half a minute', () => {
  const delay = new RestartDelay();
  const waits = Array.from({ length: 9 }, () => delay.after(100));
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

it('a process that ran for a minute is started again at once', () => {
  const delay = new RestartDelay();
  delay.after(100);
  delay.after(100);
  expect(delay.after(60_000)).toBe(250);
});
