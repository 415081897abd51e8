import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { realNumber } from './real-number.js';

describe('a number of the data model', () => {
  it.each([
    ['85', 85],
    ['85.5', 85.5],
    ['-2.25', -2.25],
    ['0085', 85],
    ['.5', 0.5],
    ['5.', 5],
    ['0.85000000000000000000888', 0.85],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    [85, 85],
    [-0.5, -0.5],
  ])('%j is %d', (written, number) => {
    expect(realNumber(written)).toBe(number);
  });

  it.each(['-0', '-0.0', -0])('%j is 0: JSON has no other', (written) => {
    expect(Object.is(realNumber(written), 0)).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['.', 'no digit'],
    ['-', 'no digit'],
    [' 85 ', 'blanks'],
    ['85\n', 'a line end'],
    ['+85', 'a sign that SCORM does not write'],
    ['1e2', 'an exponent'],
    ['0x10', 'hexadecimal'],
    ['1,5', 'a comma'],
    ['1.2.3', 'two points'],
    ['85%', 'a unit'],
    ['NaN', 'no number'],
    ['Infinity', 'no number'],
    ['٨٥', 'digits of another script'],
    ['9'.repeat(17), 'more than JSON carries whole'],
    ['9'.repeat(1_000_000), 'more than anything'],
    [Number.NaN, 'no number'],
    [Number.POSITIVE_INFINITY, 'no number'],
    [1e300, 'more than JSON carries whole'],
    [null, 'no text'],
    [true, 'no text'],
    [[85], 'a list'],
    [{ valueOf: () => 85 }, 'an object'],
    [undefined, 'absent'],
  ] as [unknown, string][])('%.40j is none: %s', (written) => {
    expect(realNumber(written)).toBeUndefined();
  });

  it('out of its range is none', () => {
    expect(realNumber('1', -1, 1)).toBe(1);
    expect(realNumber('1.0000001', -1, 1)).toBeUndefined();
    expect(realNumber('-1.0000001', -1, 1)).toBeUndefined();
  });

  it('is within its range and comes back from JSON, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String), fc.anything()), (written) => {
        const number = realNumber(written, -1, 1);
        if (number === undefined) return;
        expect(Math.abs(number)).toBeLessThanOrEqual(1);
        expect(Object.is(JSON.parse(JSON.stringify(number)), number)).toBe(true);
      }),
    );
  });
});
