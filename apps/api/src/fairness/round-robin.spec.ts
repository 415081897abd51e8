import { describe, expect, it } from 'vitest';
import { RoundRobin } from './round-robin.js';

describe('owners who take turns', () => {
  it('get one item each, the oldest first, whatever the others have waiting', () => {
    const turns = new RoundRobin<string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) turns.add(item[0]!, item);
    const order = Array.from({ length: 7 }, () => turns.next());
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', undefined]);
  });

  it('keep their place while they cannot have their turn', () => {
    const turns = new RoundRobin<string>();
    for (const item of ['a1', 'b1', 'b2']) turns.add(item[0]!, item);
    expect(turns.next((owner) => owner !== 'a')).toBe('b1');
    expect(turns.next((owner) => owner === 'c')).toBeUndefined();
    expect(turns.next()).toBe('a1');
  });

  it('leave nothing behind of an item that was taken out', () => {
    const turns = new RoundRobin<string>();
    turns.add('a', 'a1');
    turns.add('a', 'a2');
    turns.remove('a', 'a1');
    expect([turns.countOf('a'), turns.next(), turns.countOf('a')]).toEqual([1, 'a2', 0]);
    turns.add('b', 'b1');
    turns.remove('b', 'b1');
    expect(turns.drain()).toEqual([]);
  });
});
