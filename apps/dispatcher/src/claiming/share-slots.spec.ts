import { describe, expect, it } from 'vitest';
import { shareSlots, type Contender } from './share-slots.js';

/** A tenant whose webhooks each have this many free slots. */
function aTenant(name: string, room: number, ...free: number[]): Contender {
  return { room, slots: free.map((most, n) => ({ webhookId: `${name}${n}`, free: most })) };
}

const slotsOf = (contenders: Contender[], free: number) =>
  Object.fromEntries(shareSlots(contenders, free).slots.map((s) => [s.webhookId, s.free]));

describe('sharing free slots', () => {
  it('gives the webhooks of a lone tenant all they could take, where its room is enough', () => {
    const alone = aTenant('a', 24, 8, 8, 8);
    expect(shareSlots([alone], 27)).toEqual({ slots: alone.slots, limit: 24 });
  });

  it('gives the webhooks of a lone tenant the same each, where its room is not enough', () => {
    expect(shareSlots([aTenant('a', 10, 8, 1, 8, 8)], 12)).toEqual({
      slots: [
        { webhookId: 'a0', free: 3 },
        { webhookId: 'a1', free: 1 },
        { webhookId: 'a2', free: 3 },
        { webhookId: 'a3', free: 3 },
      ],
      limit: 10,
    });
  });

  it('gives tenants the same, however many webhooks they have', () => {
    expect(slotsOf([aTenant('a', 9, 8, 8, 8), aTenant('b', 9, 8)], 10)).toEqual({
      a0: 2,
      a1: 2,
      a2: 1,
      b0: 5,
    });
  });

  it('gives what a tenant cannot take to the others', () => {
    expect(slotsOf([aTenant('a', 20, 8, 8), aTenant('b', 2, 8), aTenant('c', 9, 1)], 12)).toEqual({
      a0: 5,
      a1: 4,
      b0: 2,
      c0: 1,
    });
  });

  it('gives nobody more than they could take', () => {
    expect(slotsOf([aTenant('a', 50, 2, 1), aTenant('b', 50, 3)], 50)).toEqual({
      a0: 2,
      a1: 1,
      b0: 3,
    });
  });

  it('gives the first tenants a slot each when there are fewer than tenants', () => {
    expect(slotsOf([aTenant('a', 2, 8), aTenant('b', 2, 8), aTenant('c', 2, 8)], 2)).toEqual({
      a0: 1,
      b0: 1,
    });
  });

  it('has nothing to share when nobody wants anything', () => {
    expect(shareSlots([], 5)).toEqual({ slots: [], limit: 5 });
  });
});
