import { describe, expect, it } from 'vitest';
import { Turns } from './turns.js';

const all = (turns: Turns<string>): string[] => {
  const taken: string[] = [];
  for (let item = turns.take(); item; item = turns.take()) taken.push(item);
  return taken;
};

describe('turns', () => {
  it('go round the keys, and within a key the first comes first', () => {
    const turns = new Turns<string>(10);
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) turns.add(item[0]!, item);

    expect(all(turns)).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3']);
  });

  it('refuse a key that has too much waiting, and no other', () => {
    const turns = new Turns<string>(2);

    expect(['a1', 'a2', 'a3', 'b1'].map((item) => turns.add(item[0]!, item))).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });
});
