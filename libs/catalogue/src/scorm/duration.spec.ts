import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DURATION_PATTERN, durationOfHundredths, hundredthsOf } from './duration.js';

describe('a duration', () => {
  it.each([
    ['PT12M34.56S', 'PT12M34.56S'],
    ['PT5M', 'PT5M'],
    ['PT0H0M0S', 'PT0S'],
    ['PT0S', 'PT0S'],
    ['PT754.5S', 'PT12M34.5S'],
    ['PT75M90S', 'PT1H16M30S'],
    ['P1DT2H', 'PT26H'],
    ['P2W', 'PT336H'],
    ['P1Y2M3DT4H5M6.78S', 'PT10276H5M6.78S'],
    ['PT1.005S', 'PT1S'],
    ['PT1.0051S', 'PT1.01S'],
    ['PT59.999S', 'PT1M'],
    ['PT0.004S', 'PT0S'],
    ['00:12:34.56', 'PT12M34.56S'],
    ['0000:12:34.5', 'PT12M34.5S'],
    ['00:00:00', 'PT0S'],
    ['5:00:00', 'PT5H'],
    ['17496:00:00', 'PT17496H'],
    ['00:75:90.25', 'PT1H16M30.25S'],
  ])('%s is written as %s', (given, written) => {
    expect(durationOfHundredths(hundredthsOf(given)!)).toBe(written);
  });

  it.each([
    '',
    'P',
    'PT',
    'P1DT',
    'P1',
    'PT1.5H',
    'PT5',
    'PT.5S',
    '-PT5M',
    'PT-5M',
    'PT5M ',
    'pt5m',
    'PT1M1H',
    '12:34',
    '00:1:00',
    '00:00:00.',
    '-01:00:00',
    '754',
    `P${'9'.repeat(40)}Y`,
    `PT${'9'.repeat(1_000_000)}S`,
    'P9007199254740991Y',
  ])('%.40s is none', (text) => {
    expect(hundredthsOf(text)).toBeUndefined();
  });

  it('is the same after it was written, in a form that events may carry', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (hundredths) => {
        const written = durationOfHundredths(hundredths);
        expect(hundredthsOf(written)).toBe(hundredths);
        expect(written).toMatch(new RegExp(DURATION_PATTERN, 'u'));
        expect(written).not.toMatch(/\.\d{3}/);
      }),
    );
  });
});
