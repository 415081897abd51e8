import { expect, it } from 'vitest';
import { knownParams, parseSearch, stringifySearch } from './search-params.ts';

it('an address keeps ids as they are, also those that look like numbers or words of JSON', () => {
  const given = { q: '0042', type: 'true', learnerId: 'a b+c&d=é"' };
  expect(parseSearch(stringifySearch(given))).toEqual(given);
  expect(stringifySearch({ q: '0042' })).toBe('?q=0042');
});

it('an address leaves out what is empty, and what a page does not know', () => {
  expect(stringifySearch({ q: '', type: undefined })).toBe('');
  expect(knownParams('q', 'type')({ q: 'x', type: '', other: 'y' })).toEqual({ q: 'x' });
});
