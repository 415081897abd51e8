import { createLogger } from '@schoolbell/logging';
import type { OtherRun } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { Outage } from '../outages/outage.js';
import { DeathWatch } from './death-watch.js';

const HOUR_MS = 3_600_000;
const silent = createLogger({ level: 'silent', name: 'test' });

const neighbour: OtherRun = {
  id: 'aaaaaaaaaaaa',
  pid: 4711,
  processStarted: '12345',
  onSameMachine: true,
  isPredecessor: false,
};
const predecessor = { ...neighbour, onSameMachine: false, isPredecessor: true };

/** A register with one other run, which left a lease of `webhook`. */
function watch(other: OtherRun, { ended = false, connected = false } = {}) {
  const did: string[] = [];
  const state = { ended, connected, clock: 0, leases: ['webhook'] };
  const register = {
    enrol: async () => void did.push('enrol'),
    see: async () => void did.push('see'),
    others: async () => [other],
    isConnected: async () => state.connected,
    strikeOff: async (id: string) => void did.push(`strike off ${id}`),
  };
  const leases = {
    endLeasesOf: async (id: string) => {
      did.push(`end leases of ${id}`);
      return state.leases.splice(0);
    },
  };
  const heir = { onWake: async (ids: readonly string[]) => void did.push(`wake ${ids.join()}`) };
  const outage = new Outage('watching_dispatchers', silent);
  const deathWatch = new DeathWatch(register, [{ leases, heir }], outage, silent, {
    intervalMs: 2000,
    hasEnded: () => state.ended,
    now: () => state.clock,
  });
  /** @returns what it did in this round */
  const round = async (): Promise<string[]> => {
    expect(await deathWatch.round()).toBe(2000);
    return did.splice(0);
  };
  return { state, round };
}

const TAKEN_OVER = [`end leases of ${neighbour.id}`, 'wake webhook'];

describe('a dispatcher', () => {
  it('takes over from one whose process is gone, and forgets it once nothing is left of it', async () => {
    const { round, state } = watch(neighbour);
    expect(await round()).toEqual(['enrol', 'see']);
    state.ended = true;
    expect(await round()).toEqual(TAKEN_OVER);
    expect(await round()).toEqual([`end leases of ${neighbour.id}`, `strike off ${neighbour.id}`]);
  });

  it('takes over from the one that had its name before', async () => {
    const { round } = watch(predecessor);
    expect(await round()).toEqual(['enrol', 'see', ...TAKEN_OVER]);
  });

  it('does not take over from one of another machine on which that process id is free', async () => {
    const { round } = watch({ ...neighbour, onSameMachine: false }, { ended: true });
    expect(await round()).toEqual(['enrol', 'see']);
  });

  it('waits until Postgres has ended what the dead one had begun', async () => {
    const { round, state } = watch(predecessor, { connected: true });
    expect(await round()).toEqual(['enrol', 'see']);
    expect(await round()).toEqual([]);
    state.connected = false;
    expect(await round()).toEqual(TAKEN_OVER);
  });

  it('says once an hour that it goes on', async () => {
    const { round, state } = watch(neighbour);
    await round();
    state.clock = HOUR_MS - 1;
    expect(await round()).toEqual([]);
    state.clock = HOUR_MS;
    expect(await round()).toEqual(['see']);
  });
});
