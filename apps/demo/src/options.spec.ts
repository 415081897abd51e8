import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.js';
import { seededRandom } from './seeded-random.js';

describe('the options of npm run demo', () => {
  it('are forty seconds, any story, and receivers that stay where somebody watches', () => {
    expect(parseOptions([], true)).toEqual({ seconds: 40, seed: undefined, stays: true });
    expect(parseOptions([], false).stays).toBe(false);
  });

  it('can be said', () => {
    const given = ['--seconds', '8', '--seed', '7', '--no-stay'];
    expect(parseOptions(given, true)).toEqual({ seconds: 8, seed: 7, stays: false });
    expect(parseOptions(['--stay'], false).stays).toBe(true);
  });

  it.each([['--seconds', '4'], ['--seconds', 'x'], ['--seed', '1.5'], ['--nothing']])(
    'are refused in a line when they are %j %s',
    (...args) => {
      expect(() => parseOptions(args.filter(Boolean), true)).toThrow(/--(seconds|seed)/);
    },
  );

  it('the same seed tells the same story', () => {
    const [one, two, other] = [7, 7, 8].map((seed) =>
      Array.from({ length: 3 }, seededRandom(seed)),
    );
    expect(one).toEqual(two);
    expect(one).not.toEqual(other);
    expect(one!.every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
