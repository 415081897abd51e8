import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after.js';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [' 7 ', 7],
    ['0', 0],
    ['Sun, 22 Nov 2026 12:00:30 GMT', 30],
    ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ])('of "%s" means %d seconds from now', (value, seconds) => {
    expect(parseRetryAfter(value, now)).toBe(seconds);
  });

  it.each(['99999999', '9'.repeat(400), 'Tue, 22 Nov 2050 12:00:00 GMT'])(
    'of "%s" is cut to six hours',
    (value) => {
      expect(parseRetryAfter(value, now)).toBe(6 * 3600);
    },
  );

  it.each([undefined, '', '  ', 'soon', '-5', '1.5e3 s'])('of "%s" says nothing', (value) => {
    expect(parseRetryAfter(value, now)).toBeUndefined();
  });
});
