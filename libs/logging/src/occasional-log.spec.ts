import { expect, it } from 'vitest';
import { OccasionalLog } from './occasional-log.js';

it('of many warnings the first is written at once, and later how many more there were', () => {
  const lines: string[][] = [];
  const clock = { now: 0 };
  const log = new OccasionalLog(
    { warn: (...line: string[]) => lines.push(line) },
    30_000,
    () => clock.now,
  );

  for (let i = 0; i < 1_000; i++) log.warn('refused', `stack ${i}`);
  expect(lines).toEqual([['refused', 'stack 0']]);

  clock.now = 30_000;
  log.warn('refused', 'stack 1000');
  expect(lines[1]).toEqual(['refused (and 999 more like it)', 'stack 1000']);
});
