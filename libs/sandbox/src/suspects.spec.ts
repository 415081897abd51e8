import { expect, it } from 'vitest';
import { SUSPECT_MS } from './limits.js';
import { Suspects } from './suspects.js';

it('a key is suspect for a minute after its last overrun', () => {
  let now = 0;
  const suspects = new Suspects(() => now);
  suspects.add('a');
  suspects.add('b');
  now = SUSPECT_MS - 1;
  suspects.add('a');
  expect([suspects.has('a'), suspects.has('b'), suspects.has('c')]).toEqual([true, true, false]);

  now = SUSPECT_MS;
  expect([suspects.has('a'), suspects.has('b')]).toEqual([true, false]);
});
