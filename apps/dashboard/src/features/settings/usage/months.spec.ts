import { expect, it } from 'vitest';
import { monthsUntil, monthWords } from './months.ts';

it('the page of usage names months in UTC, newest first, across the turn of the year', () => {
  expect(monthsUntil(new Date('2026-02-28T23:59:59Z'), 3)).toEqual([
    '2026-02',
    '2026-01',
    '2025-12',
  ]);
});

it('the page of usage says a month in words, and shows what is none as it is', () => {
  expect(monthWords('2026-11')).toBe('November 2026');
  expect(monthWords('2026-99')).toBe('2026-99');
});
