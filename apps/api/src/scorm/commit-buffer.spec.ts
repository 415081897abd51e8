import type { CommitOutcome, IncomingCommit, IntakeBounds } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { CommitBuffer } from './commit-buffer.js';
import { COMMIT_LIMITS } from './commit-limits.js';

/**
 * An in-memory intake whose flushes end when the test says so. A commit's `acceptedAt` is the width of each of its
 * events; there are two events if its name ends with `*`.
 */
class ControlledIntake {
  readonly stored: string[] = [];
  gate: Promise<void> | undefined;

  async take(commits: readonly IncomingCommit[], bounds?: IntakeBounds) {
    await this.gate;
    const deferred = new Set<string>();
    const outcomes = commits.map((commit): CommitOutcome => {
      const { occurredAt, acceptedAt: deliveries } = commit;
      const [tenant, name] = namesOf(occurredAt!);
      const most = bounds?.ofOneEvent ?? Infinity;
      if (deliveries > most || deferred.has(tenant)) {
        deferred.add(tenant);
        return { kind: 'deferred', deliveries: Math.min(deliveries, most + 1) };
      }
      this.stored.push(name);
      return { kind: 'taken', deliveries: name.endsWith('*') ? 2 * deliveries : deliveries };
    });
    return { outcomes, webhookIds: [] };
  }
}

/** Names are encoded as a time, since no field holds text. */
const encoded: string[] = [];
const namesOf = (time: Date): [tenant: string, name: string] => {
  const name = encoded[time.getTime()]!;
  return [name[0]!, name];
};

function setUp() {
  const intakes = { light: new ControlledIntake(), heavy: new ControlledIntake() };
  const wakes = { wake: () => undefined, wakeLater: () => undefined };
  const buffer = new CommitBuffer(intakes, wakes, {
    light: { ...COMMIT_LIMITS.light, lingerMs: 1, spacingMs: 0 },
    heavy: COMMIT_LIMITS.heavy,
  });
  const commit = (name: string, deliveries = 1) => {
    const occurredAt = new Date(encoded.push(name) - 1);
    const source = { kind: 'token' as const, tokenHash: Buffer.alloc(32) };
    const given = { source, commit: {} as never, acceptedAt: deliveries, occurredAt, size: 100 };
    return buffer.accept({ tenantId: name[0]!, commit: given });
  };
  return { ...intakes, commit };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 10));

describe('commits of a tenant', () => {
  it('are stored as they came, also when one of them goes to very many webhooks', async () => {
    const { light, heavy, commit } = setUp();
    await commit('a0');
    const { promise, resolve } = Promise.withResolvers<void>();
    light.gate = promise;
    const first = [commit('a1'), commit('b1')];
    await aMoment();
    const rest = [commit('a2'), commit('a3', 3_000), commit('a4'), commit('b2')];
    await aMoment();
    const { promise: heavyGate, resolve: openHeavy } = Promise.withResolvers<void>();
    heavy.gate = heavyGate;
    resolve();
    await Promise.all(first);
    await aMoment();
    // Behind the wide one, whichever lane has room.
    rest.push(commit('a5'), commit('b3'));
    await aMoment();
    expect(light.stored).toEqual(['a0', 'a1', 'b1', 'a2', 'b2', 'b3']);
    openHeavy();
    await Promise.all(rest);
    expect(heavy.stored).toEqual(['a3', 'a4', 'a5']);
    for (let i = 6; i < 12; i++) await commit(`a${i}`, 1);
    expect([...heavy.stored, ...light.stored.slice(6)].slice(3)).toEqual([
      'a6',
      'a7',
      'a8',
      'a9',
      'a10',
      'a11',
    ]);
  });

  it('are stored as they came, also when one goes to many webhooks by its events together', async () => {
    const { light, heavy, commit } = setUp();
    await commit('a0');
    const { promise, resolve } = Promise.withResolvers<void>();
    light.gate = promise;
    const first = [commit('a1*', 150), commit('b1')];
    await aMoment();
    const second = commit('a2');
    resolve();
    await Promise.all(first);
    await Promise.all([second, commit('a3')]);
    expect(light.stored).toEqual(['a0', 'a1*', 'b1']);
    expect(heavy.stored).toEqual(['a2', 'a3']);
  });

  it('that make no event say nothing about those that do', async () => {
    const { light, heavy, commit } = setUp();
    await commit('a0', 3_000);
    for (let i = 1; i < 20; i++) await commit(`a${i}`, 0);
    await commit('a20', 3_000);
    expect(light.stored).toEqual([]);
    expect(heavy.stored).toHaveLength(21);
  });
});
