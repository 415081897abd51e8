import type { IntakeBounds, NewLaunch } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { IntakeHealth } from './intake-health.js';

const DISK_FULL = new Error('Database error. Code: `53100`');
const CONFLICT = new Error('Database error. Code: `23505`');

function setUp() {
  let failure: Error | undefined;
  let now = 0;
  const health = new IntakeHealth(() => now);
  const answer = async () => {
    if (failure) throw failure;
    return { outcomes: [], webhookIds: [] };
  };
  const { take } = health.watchScorm({
    open: answer,
    take: answer,
    originOf: async () => undefined,
  });
  const commit = async (as?: Error) => {
    failure = as;
    await take([]).catch(() => undefined);
    return health.refusing;
  };
  return { health, commit, later: (ms: number) => (now += ms) };
}

describe('whether Postgres refuses to store', () => {
  it('is known from commits too: a full disk counts until one is stored', async () => {
    const { commit } = setUp();
    expect(await commit()).toBe(false);
    expect(await commit(DISK_FULL)).toBe(true);
    expect(await commit(CONFLICT)).toBe(true);
    expect(await commit()).toBe(false);
  });

  it('is watched without a change to what is asked: launches and commits keep their bounds', async () => {
    const asked: unknown[] = [];
    const take = async (_: unknown, bounds?: IntakeBounds) => {
      asked.push(bounds);
      return { outcomes: [], webhookIds: [] };
    };
    const originOf = async () => undefined;
    const watched = new IntakeHealth().watchScorm({ open: take, take, originOf });
    const bounds = { ofOneEvent: 200, ofAll: null };
    await watched.open({} as NewLaunch, bounds);
    await watched.take([], bounds);
    expect(asked).toEqual([bounds, bounds]);
  });

  it('has to be found out anew when nothing was tried for a while', async () => {
    const { health, commit, later } = setUp();
    expect(await commit(DISK_FULL)).toBe(true);
    later(6_000);
    expect(health.refusing).toBe(false);
  });
});
