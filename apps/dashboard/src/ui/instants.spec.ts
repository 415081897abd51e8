import { expect, it } from 'vitest';
import { agoOf, inUtc } from './instants.ts';

const NOW = Date.parse('2026-11-28T12:00:00.000Z');
const ago = (seconds: number) => agoOf(new Date(NOW - seconds * 1_000).toISOString(), NOW);

it('the dashboard says how long ago something was, in the largest unit that fits', () => {
  expect(ago(3)).toBe('just now');
  expect([ago(59), ago(60), ago(3_599), ago(7_200), ago(172_800)]).toEqual([
    '59 s ago',
    '1 min ago',
    '59 min ago',
    '2 h ago',
    '2 d ago',
  ]);
  expect(ago(-3_480)).toBe('in 58 min');
});

it('the dashboard gives the same moment in UTC', () => {
  expect(inUtc('2026-11-28T12:34:56.789+02:00')).toBe('2026-11-28 10:34:56 UTC');
});
