import { describe, expect, it } from 'vitest';
import { wholePercent } from './percent.js';
import { scorePercent } from './score-percent.js';

describe('a score in percent', () => {
  it.each([
    [{ scoreScaled: 0.92, scoreRaw: 1, scoreMax: 2 }, 92],
    [{ scoreScaled: 0.29 }, 29],
    [{ scoreScaled: 0.915 }, 91.5],
    [{ scoreScaled: -0.5 }, 0],
    [{ scoreRaw: 17, scoreMin: 0, scoreMax: 20 }, 85],
    [{ scoreRaw: 92, scoreMax: 100 }, 92],
    [{ scoreRaw: 1, scoreMax: 3 }, 33.3333333333],
  ])('of %j is %d', (score, expected) => {
    expect(scorePercent(score)).toBe(expected);
  });

  it.each([
    {},
    { scoreRaw: 92 },
    { scoreRaw: 5, scoreMin: 5, scoreMax: 5 },
    { scoreRaw: 120, scoreMax: 100 },
  ])('of %j is not known', (score) => {
    expect(scorePercent(score)).toBeUndefined();
  });
});

describe('progress in whole percent', () => {
  it.each([
    [0, 0],
    [0.29, 29],
    [0.999, 99],
    [1, 100],
  ])('of %d is %d', (share, expected) => {
    expect(wholePercent(share)).toBe(expected);
  });
});
