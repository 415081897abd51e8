import { describe, expect, it } from 'vitest';
import { LIST_LIMITS, ListLane, type ListLimits } from './list-lane.js';

/** A lane whose lists end when the test says so. */
function setUp(limits: Partial<ListLimits> = {}) {
  const lane = new ListLane({ ...LIST_LIMITS, atOnce: 3, ofOneTenant: 2, ...limits });
  const reading: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string): Promise<string> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    ends.set(name, resolve);
    return lane.read(name[0], async () => {
      reading.push(name);
      await promise;
      return name;
    });
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)!();
    await new Promise(setImmediate);
  };
  return { reading, ask, end, settle: () => new Promise(setImmediate) };
}

describe('lists that are slow', () => {
  it('of one tenant leave a turn to every other tenant at once', async () => {
    const { reading, ask, end, settle } = setUp();
    const all = ['a1', 'a2', 'a3', 'a4', 'b1', 'b2'].map(ask);
    await settle();
    expect(reading).toEqual(['a1', 'a2', 'b1']);
    await end('b1');
    expect(reading.at(-1)).toBe('b2');
    for (const name of ['b2', 'a1', 'a2', 'a3', 'a4']) await end(name);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3', 'a4', 'b1', 'b2']);
  });

  it('are refused when a tenant has too many waiting, and no longer than that', async () => {
    const { ask, end, settle } = setUp({ waitingOfOneTenant: 1 });
    const accepted = ['a1', 'a2', 'a3'].map(ask);
    await settle();
    await expect(ask('a4')).rejects.toMatchObject({
      code: 'service_unavailable',
      headers: { 'Retry-After': '1' },
    });
    await end('a1');
    const later = ask('a5');
    for (const name of ['a2', 'a3', 'a5']) await end(name);
    await Promise.all([...accepted, later]);
  });

  it('are refused when their turn does not come in time, and are not read then', async () => {
    const { reading, ask, end } = setUp({ waitMs: 1 });
    const accepted = ['a1', 'a2'].map(ask);
    await expect(ask('a3')).rejects.toMatchObject({ code: 'service_unavailable' });
    await end('a1');
    await end('a2');
    await Promise.all(accepted);
    expect(reading).toEqual(['a1', 'a2']);
  });

  it('give their turn to the next one also when they fail', async () => {
    const lane = new ListLane({ ...LIST_LIMITS, atOnce: 1, ofOneTenant: 1 });
    const broken = lane.read('a', () => Promise.reject(new Error('broken')));
    const next = lane.read(undefined, async () => 'read');
    await expect(broken).rejects.toThrow('broken');
    expect(await next).toBe('read');
  });
});
