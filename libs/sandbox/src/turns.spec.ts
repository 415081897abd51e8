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

  it('come again for a key whose request was dear when others had as much time', () => {
    const turns = new Turns<string>(10);
    for (const item of ['a1', 'a2', 'b1', 'b2', 'b3', 'b4']) turns.add(item[0]!, item);
    expect(turns.take()).toBe('a1');
    turns.charge('a', 20);
    for (const item of ['b1', 'b2']) {
      expect(turns.take()).toBe(item);
      turns.charge('b', 0.5);
    }
    turns.charge('c', 19);
    expect(all(turns)).toEqual(['a2', 'b3', 'b4']);
  });

  it('come at once for a key that is alone, whatever its requests have cost', () => {
    const turns = new Turns<string>(10);
    for (const item of ['a1', 'b1', 'a2']) turns.add(item[0]!, item);
    turns.charge('a', 900);
    expect(all(turns)).toEqual(['b1', 'a1', 'a2']);
  });

  it('put what did not get its turn before all others of its key', () => {
    const turns = new Turns<string>(10);
    for (const item of ['a1', 'a2', 'b1']) turns.add(item[0]!, item);
    turns.putBack('a', turns.take()!);
    expect(all(turns)).toEqual(['b1', 'a1', 'a2']);
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
