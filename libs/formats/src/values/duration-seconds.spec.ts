import { describe, expect, it } from 'vitest';
import { durationSeconds } from './duration-seconds.js';

describe('a duration in seconds', () => {
  it.each([
    ['PT12M34S', 754],
    ['PT12M34.999S', 754],
    ['PT0S', 0],
    ['PT1H', 3600],
    ['P1DT1H1M1S', 90_061],
    ['P2W', 1_209_600],
    ['P1Y2M', 36_720_000],
  ])('of %s is %d', (iso, seconds) => {
    expect(durationSeconds(iso)).toBe(seconds);
  });

  it.each([
    undefined,
    '',
    'P',
    'PT',
    'P1DT',
    '0001:02:03',
    'PT1.5H',
    '-PT1S',
    'P9999999999999999D',
  ])('is not there for %s', (text) => {
    expect(durationSeconds(text)).toBeUndefined();
  });
});
