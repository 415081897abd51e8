import { describe, expect, it } from 'vitest';
import { isInstant } from './instant.js';

describe('an instant', () => {
  it.each([
    '2026-11-22T09:30:00Z',
    '2026-11-22T09:30:00.123456+05:30',
    '2028-02-29T23:59:59.9-00:00',
    '0001-01-01T00:00:00Z',
  ])('is %s', (text) => {
    expect(isInstant(text)).toBe(true);
  });

  it.each([
    '2026-11-22',
    '2026-11-22 09:30:00Z',
    '2026-11-22T09:30:00',
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T09:30:61Z',
    '2026-11-22T09:30:00+24:00',
    '1795339800',
    '',
  ])('is not %s', (text) => {
    expect(isInstant(text)).toBe(false);
  });
});
