import { describe, expect, it } from 'vitest';
import { aClaim } from '../testing/a-claim.js';
import { InFlight } from './in-flight.js';

const limits = { total: 3, perWebhook: 2 };

describe('what is in flight', () => {
  it('frees the slot of its webhook with the answer, that of the dispatcher with the recording', () => {
    const inFlight = new InFlight(limits);
    const claim = aClaim({ webhookId: 'a' });
    inFlight.take(claim);
    expect([inFlight.free, inFlight.freeFor('a')]).toEqual([2, 1]);
    inFlight.answered(claim);
    expect([inFlight.free, inFlight.freeFor('a')]).toEqual([2, 2]);
    inFlight.done(claim);
    expect([inFlight.free, inFlight.freeFor('a')]).toEqual([3, 2]);
  });

  it('holds the slot of a webhook whose outcomes cannot be recorded, so that they do not pile up', () => {
    const inFlight = new InFlight(limits);
    const claim = aClaim({ webhookId: 'a' });
    inFlight.take(claim);
    inFlight.answered(claim);
    inFlight.setAside(claim);
    inFlight.setAside(claim);
    expect([inFlight.free, inFlight.freeFor('a')]).toEqual([2, 1]);
    expect(inFlight.unanswered()).toEqual([]);
    inFlight.done(claim);
    expect([inFlight.free, inFlight.freeFor('a')]).toEqual([3, 2]);
  });

  it('counts each delivery once, however often it is told that it is done', () => {
    const inFlight = new InFlight(limits);
    const [first, second] = [aClaim({ webhookId: 'a' }), aClaim({ webhookId: 'a' })];
    inFlight.take(first);
    inFlight.take(second);
    for (let i = 0; i < 3; i++) {
      inFlight.answered(first);
      inFlight.done(first);
    }
    expect([inFlight.size, inFlight.free, inFlight.freeFor('a')]).toEqual([1, 2, 1]);
  });

  it('keeps an eighth from each tenant, and nothing when there are too few slots to share', () => {
    const inFlight = new InFlight({ total: 16, perWebhook: 16 });
    const claims = Array.from({ length: 14 }, () => aClaim({}, 'a'));
    for (const claim of claims) inFlight.take(claim);
    expect([inFlight.freeForTenant('a'), inFlight.freeForTenant('b')]).toEqual([0, 2]);
    expect([inFlight.free, inFlight.hasRoom]).toEqual([2, false]);
    inFlight.answered(claims[0]!);
    expect(inFlight.freeForTenant('a')).toBe(0);
    inFlight.done(claims[0]!);
    inFlight.done(claims[0]!);
    expect(inFlight.freeForTenant('a')).toBe(1);
    expect(inFlight.hasRoom).toBe(true);

    const few = new InFlight({ total: 7, perWebhook: 7 });
    expect(few.freeForTenant('a')).toBe(7);
  });

  it('takes tests beside its limits', () => {
    const inFlight = new InFlight(limits);
    const test = aClaim({ webhookId: 'a', test: true });
    inFlight.take(test);
    expect([inFlight.size, inFlight.free, inFlight.freeFor('a')]).toEqual([1, 3, 2]);
    inFlight.done(test);
    expect([inFlight.size, inFlight.free, inFlight.freeFor('a')]).toEqual([0, 3, 2]);
  });

  it('is given back with the knowledge whether its request was on its way', () => {
    const inFlight = new InFlight({ total: 9, perWebhook: 9 });
    const [claimed, sent, answered] = [aClaim(), aClaim(), aClaim()];
    for (const claim of [claimed, sent, answered]) inFlight.take(claim);
    inFlight.sent(sent);
    inFlight.sent(answered);
    inFlight.answered(answered);
    expect(inFlight.unanswered()).toEqual([
      { claimed, sent: false },
      { claimed: sent, sent: true },
    ]);
  });
});
