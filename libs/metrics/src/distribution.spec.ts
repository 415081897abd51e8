import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Distribution, STATEMENT_SECONDS } from './distribution.js';

it('a value belongs to the first range whose bound is not below it', () => {
  const seconds = new Distribution([0.1, 1, 10]);
  for (const value of [0, 0.1, 0.11, 1, 10, 10.5, 1000]) seconds.observe(value);
  expect(seconds.counts).toEqual([2, 2, 1, 2]);
});

it('loses no value, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (values) => {
      const seconds = new Distribution(STATEMENT_SECONDS);
      for (const value of values) seconds.observe(value);
      expect(seconds.counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      expect(seconds.sum).toBeCloseTo(
        values.reduce((sum, value) => sum + value, 0),
        3,
      );
    }),
  );
});
