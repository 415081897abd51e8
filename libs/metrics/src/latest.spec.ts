import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Latest } from './latest.js';

/** A question that is answered with how often it was asked, when the test says so. */
function build(options: { tookMs?: number; isAway?: boolean } = {}) {
  const clock = { now: 0 };
  const state = { asked: 0, isAway: options.isAway ?? false, hangs: false };
  const ask = async (): Promise<number> => {
    state.asked++;
    clock.now += options.tookMs ?? 0;
    if (state.hangs) await new Promise(() => undefined);
    if (state.isAway) throw new Error('Nobody is there');
    return state.asked;
  };
  const latest = new Latest(ask, {
    goodForMs: 5_000,
    patienceMs: 10,
    forgetAfterMs: 60_000,
    restPerWork: 100,
    now: () => clock.now,
  });
  return { clock, state, latest };
}

describe('the latest answer', () => {
  it('is asked for once, however many want it at the same time', async () => {
    const { latest, state } = build();
    expect(await Promise.all([latest.get(), latest.get(), latest.get()])).toEqual([1, 1, 1]);
    expect(state.asked).toBe(1);
  });

  it('is good for some seconds', async () => {
    const { latest, clock } = build();
    await latest.get();
    clock.now = 4_999;
    expect(await latest.get()).toBe(1);
    clock.now = 5_000;
    expect(await latest.get()).toBe(2);
  });

  it('is not asked for again before a rest that is a hundred times as long as it took', async () => {
    const { latest, clock } = build({ tookMs: 300 });
    await latest.get();
    clock.now = 30_000;
    expect(await latest.get()).toBe(1);
    clock.now = 30_300;
    expect(await latest.get()).toBe(2);
  });

  it('is there all the while, however long it took', async () => {
    const { latest, clock, state } = build({ tookMs: 5_000 });
    await latest.get();
    state.hangs = true;
    clock.now += 45_000;
    expect(await latest.get()).toBe(1);
    expect(state.asked).toBe(2);
  });

  it('is asked for again soon after a failure, however long that took', async () => {
    const { latest, clock, state } = build({ tookMs: 5_000, isAway: true });
    expect(await latest.get()).toBeUndefined();
    state.isAway = false;
    clock.now += 5_000;
    expect(await latest.get()).toBe(2);
  });

  it('is none after a failure, and is asked for again later', async () => {
    const { latest, clock, state } = build();
    await latest.get();
    state.isAway = true;
    clock.now = 5_000;
    expect(await latest.get()).toBeUndefined();
    state.isAway = false;
    expect(await latest.get()).toBeUndefined();
    clock.now = 10_000;
    expect(await latest.get()).toBe(3);
  });

  it('keeps nobody waiting: it is the one before until it is none', async () => {
    const { latest, clock, state } = build();
    await latest.get();
    state.hangs = true;
    clock.now = 5_000;
    expect(await latest.get()).toBe(1);
    clock.now = 60_001;
    await nextTurn();
    expect(await latest.get()).toBeUndefined();
    expect(state.asked).toBe(2);
  });
});
