import { expect, it } from 'vitest';
import { instantOf, localText } from './replay-range.ts';

it('a moment that is chosen in the viewer’s own time comes back as it was chosen', () => {
  const at = Date.parse('2026-11-28T12:34:00.000Z');
  expect(instantOf(localText(at))).toBe('2026-11-28T12:34:00.000Z');
});

it('a date that is not written to its end is none', () => {
  expect(instantOf('')).toBeUndefined();
});
