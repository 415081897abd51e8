import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClaimedDelivery } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { ClaimSchedule } from './claim-schedule.js';
import { Claimer } from './claimer.js';
import { ExpectedWork } from './expected-work.js';
import { InFlight, type InFlightLimits } from '../slots/in-flight.js';
import { Outage } from '../outages/outage.js';
import { AwayError, DueDeliveries } from '../testing/due-deliveries.js';
import { silentLogger } from '../testing/silent-logger.js';

/** The first letter of a webhook's name is its tenant. */
class Tenants {
  private readonly met = new Set<string>();

  tenantOf(webhookId: string): string | undefined {
    return this.met.has(webhookId) ? webhookId[0] : undefined;
  }

  async tenantsOf(webhookIds: readonly string[]): Promise<Map<string, string>> {
    await nextTurn();
    for (const id of webhookIds) this.met.add(id);
    return new Map(webhookIds.map((id) => [id, id[0]!]));
  }
}

function build(limits: InFlightLimits = { total: 10, perWebhook: 2 }, catchingUp?: Promise<void>) {
  const store = new DueDeliveries();
  const inFlight = new InFlight(limits);
  const tenants = new Tenants();
  const claimed: ClaimedDelivery[] = [];
  const work = new ExpectedWork(inFlight, tenants);
  const claimer = new Claimer(
    {
      store,
      work,
      schedule: new ClaimSchedule(inFlight, work),
      inFlight,
      attempter: { attemptAll: async (deliveries) => void claimed.push(...deliveries) },
      recorder: { catchingUp },
      outage: new Outage('claiming', silentLogger),
    },
    {
      leaseSeconds: 60,
      faultOf: (error) => (error instanceof AwayError ? 'outage' : 'bug'),
    },
  );
  const finish = (count: number) => {
    for (const claim of claimed.slice(-count)) inFlight.done(claim);
  };
  return { store, inFlight, claimed, claimer, finish };
}

describe('claiming', () => {
  it('resolves a wake once what is due has been handed over', async () => {
    const { store, claimer, claimed } = build();
    store.due.set('a', 1);
    await claimer.claimFor(['a']);
    expect(claimed).toHaveLength(1);
  });

  it('asks once for all webhooks that were named during the claim before', async () => {
    const { store, claimer, claimed } = build();
    for (const id of ['a', 'b', 'c', 'd']) store.due.set(id, 1);
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => claimer.claimFor([id])));
    expect(store.asked.map(({ slots }) => slots.length)).toEqual([1, 3]);
    expect(claimed).toHaveLength(4);
  });

  it('never takes more than the slots of a webhook, and goes on as they come free', async () => {
    const { store, claimer, claimed, finish } = build();
    store.due.set('a', 5);
    await claimer.claimFor(['a']);
    expect(claimed).toHaveLength(2);
    finish(2);
    await expect.poll(() => claimed.length).toBe(4);
    finish(2);
    await expect.poll(() => claimed.length).toBe(5);
  });

  it('never takes more than the slots of the dispatcher', async () => {
    const { store, claimer, claimed, inFlight } = build({ total: 3, perWebhook: 2 });
    for (const id of ['a', 'b', 'c']) store.due.set(id, 2);
    await claimer.claimFor(['a', 'b', 'c']);
    expect(claimed).toHaveLength(3);
    expect(inFlight.free).toBe(0);
  });

  it('keeps an eighth of the dispatcher for others, however much one tenant has', async () => {
    const { store, claimer, claimed } = build({ total: 16, perWebhook: 4 });
    const webhooks = Array.from({ length: 1200 }, (_, n) => `a${n}`);
    for (const id of webhooks) store.due.set(id, 100);
    store.due.set('b1', 1);
    await claimer.claimFor(webhooks);
    expect(claimed).toHaveLength(14);
    await claimer.claimFor(['b1']);
    await expect.poll(() => claimed.at(-1)!.webhookId).toBe('b1');
  });

  it('shares slots that come free among tenants, not among webhooks', async () => {
    const { store, claimer, claimed, finish } = build({ total: 16, perWebhook: 16 });
    const webhooks = Array.from({ length: 20 }, (_, n) => `a${n}`);
    for (const id of webhooks) store.due.set(id, 100);
    await claimer.claimFor(webhooks);
    store.due.set('b1', 100);
    await claimer.claimFor(['b1']);
    expect(claimed).toHaveLength(16);
    finish(12);
    await expect.poll(() => claimed.length).toBe(28);
    const ofA = claimed.slice(16).filter(({ webhookId }) => webhookId.startsWith('a'));
    expect(ofA).toHaveLength(6);
  });

  it('takes one delivery of each of many webhooks in one claim, and does not ask again', async () => {
    const { store, claimer, claimed } = build({ total: 1000, perWebhook: 8 });
    const webhooks = Array.from({ length: 400 }, (_, n) => `a${n}`);
    for (const id of webhooks) store.due.set(id, 1);
    await claimer.claimFor(webhooks);
    await nextTurn();
    expect(claimed).toHaveLength(400);
    expect(store.asked).toHaveLength(1);
  });

  it('serves the webhooks of a tenant in turn: none twice before all have been served once', async () => {
    const { store, claimer, claimed, finish } = build({ total: 16, perWebhook: 8 });
    const webhooks = Array.from({ length: 20 }, (_, n) => `a${n}`);
    for (const id of webhooks) store.due.set(id, 100);
    await claimer.claimFor(webhooks);
    for (const most of [28, 42, 56, 70]) {
      finish(14);
      await expect.poll(() => claimed.length).toBe(most);
    }
    const served = claimed.map(({ webhookId }) => webhookId);
    for (const round of [0, 20, 40]) expect(served.slice(round, round + 20)).toEqual(webhooks);
  });

  it('looks for tests of a webhook whose slots are all taken', async () => {
    const { store, claimer } = build();
    store.due.set('a', 3);
    await claimer.claimFor(['a']);
    await claimer.claimFor(['a']);
    await expect.poll(() => store.asked.at(-1)!.slots).toEqual([{ webhookId: 'a', free: 0 }]);
  });

  it('comes back for a webhook that is kept to its rate when it is time, whatever wakes it before', async () => {
    const { store, claimer, claimed } = build();
    store.due.set('a', 2);
    store.rates.set('a', 60);
    await claimer.claimFor(['a']);
    await Promise.all([claimer.claimFor(['a']), claimer.claimFor(['a'])]);
    expect(store.asked).toHaveLength(1);
    await expect.poll(() => claimed.length).toBe(2);
    expect(store.asked.filter(({ slots }) => slots[0]!.free > 0)).toHaveLength(2);
    await claimer.stop();
  });

  it('claims for the others when the claims of one webhook fail', async () => {
    const { store, claimer, claimed, finish } = build({ total: 100, perWebhook: 2 });
    const names = Array.from({ length: 12 }, (_, index) => `a${index}`);
    for (const name of names) store.due.set(name, 1);
    store.poisoned.add('a7');
    void claimer.claimFor(names);
    await expect.poll(() => claimed.length, { timeout: 10_000 }).toBe(11);
    store.due.set('a1', 5);
    finish(11);
    await claimer.claimFor(['a1']);
    expect(claimed.filter(({ webhookId }) => webhookId === 'a1').length).toBeGreaterThan(1);
    await claimer.stop();
  });

  it('tries again, for the same webhooks, when Postgres was away', async () => {
    const { store, claimer, claimed } = build();
    store.due.set('a', 1);
    store.broken = 2;
    await claimer.claimFor(['a']);
    await expect.poll(() => claimed.length).toBe(1);
    expect(store.asked).toHaveLength(3);
  });

  it('claims nothing while outcomes wait that Postgres was away for', async () => {
    const caughtUp = Promise.withResolvers<void>();
    const { store, claimer, claimed } = build(undefined, caughtUp.promise);
    store.due.set('a', 1);
    const round = claimer.claimFor(['a']);
    await nextTurn();
    expect(store.asked).toEqual([]);
    caughtUp.resolve();
    await round;
    expect(claimed).toHaveLength(1);
  });

  it('claims nothing more once stopped, and leaves no wake unanswered', async () => {
    const { store, claimer, claimed } = build();
    store.due.set('a', 1);
    const underWay = claimer.claimFor(['a']);
    await claimer.stop();
    await underWay;
    store.due.set('a', 1);
    await claimer.claimFor(['a']);
    expect(claimed).toHaveLength(1);
  });
});
