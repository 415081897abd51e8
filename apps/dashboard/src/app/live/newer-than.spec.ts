import { describe, expect, it } from 'vitest';
import { newerThan } from './newer-than.ts';

const rows = (...ids: string[]) => ids.map((id) => ({ id }));

describe('what came since a list was read', () => {
  it('is what its newest page has and it has not', () => {
    expect(newerThan(rows('c', 'b', 'a'), rows('e', 'd', 'c', 'b'))).toEqual({
      newer: rows('e', 'd'),
      isAtLeast: false,
    });
  });

  it('is also what came between others, as an old delivery does that is dead now', () => {
    expect(newerThan(rows('c', 'a'), rows('c', 'b', 'a')).newer).toEqual(rows('b'));
  });

  it('is not what moved up since others have left', () => {
    expect(newerThan(rows('c', 'b'), rows('c', 'a')).newer).toEqual([]);
  });

  it('is more than a page where nothing of the list is on the newest one', () => {
    expect(newerThan(rows('a'), rows('d', 'c'))).toEqual({
      newer: rows('d', 'c'),
      isAtLeast: true,
    });
    expect(newerThan([], rows('a'))).toEqual({ newer: rows('a'), isAtLeast: false });
  });
});
