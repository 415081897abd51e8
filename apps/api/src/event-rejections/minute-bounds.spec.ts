import { describe, expect, it } from 'vitest';
import { MinuteBounds } from './minute-bounds.js';

function setUp(ofAll = 100) {
  let now = 0;
  const bounds = new MinuteBounds<{ leftOut: number }>(ofAll, () => now);
  const admit = (owner: string, most = 2) => {
    const item = { leftOut: 0 };
    return { item, counting: bounds.admit(owner, most, item) };
  };
  return { admit, later: (ms: number) => (now += ms) };
}

describe('what is kept of a minute', () => {
  it('is so much of each owner; the last that is kept counts the others', () => {
    const { admit } = setUp();
    const [first, second, third, fourth] = [admit('a'), admit('a'), admit('a'), admit('a')];
    expect(first.counting).toBe(first.item);
    expect(second.counting).toBe(second.item);
    expect([third.counting, fourth.counting]).toEqual([second.item, second.item]);
    expect([first.item.leftOut, second.item.leftOut]).toEqual([0, 2]);
    const other = admit('b');
    expect(other.counting).toBe(other.item);
  });

  it('is so much of all owners together', () => {
    const { admit } = setUp(3);
    for (const owner of ['a', 'b', 'c']) expect(admit(owner).counting).toBeDefined();
    const more = admit('a');
    expect(more.counting).not.toBe(more.item);
    expect(more.counting!.leftOut).toBe(1);
    expect(admit('d').counting).toBeUndefined();
  });

  it('begins anew with the next minute', () => {
    const { admit, later } = setUp();
    for (let i = 0; i < 3; i++) admit('a');
    later(60_000);
    const next = admit('a');
    expect(next.counting).toBe(next.item);
  });
});
