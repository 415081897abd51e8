import type { ClaimedDelivery, WebhookForSending } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../../testing/a-claim.js';
import { reasonToTurnAway } from './reason-to-turn-away.js';

const NO_FILTER = { wants: () => Promise.resolve(true) };

const reasonOf = (format: string, type: string, payload = '{}', its: object = {}) => {
  const claim = aClaim(its);
  const event = { ...claim.event, type, payload };
  const webhook = { format, filter: null } as WebhookForSending;
  return reasonToTurnAway(webhook, { ...claim, event }, NO_FILTER);
};

describe('a webhook', () => {
  it('takes every type in a format that carries all', () => {
    expect(reasonOf('allureconnect', 'session.launched')).toBeUndefined();
  });

  it('turns away what waited for it until its format was changed to one without such events', () => {
    expect(reasonOf('docebo', 'session.launched')).toBe('not_carried');
    expect(reasonOf('docebo', 'session.completed')).toBeUndefined();
  });

  it('turns away progress without a measure where progress is all that is told', () => {
    expect(reasonOf('adobe-alm', 'session.progress')).toBe('not_carried');
    expect(reasonOf('adobe-alm', 'session.progress', '{"progressMeasure":0.5}')).toBeUndefined();
  });

  it('is sent a damaged event, whose attempt says so', () => {
    expect(reasonOf('adobe-alm', 'session.progress', '{"cut o')).toBeUndefined();
  });

  it('is never sent what was erased, whatever attempt it would be', () => {
    const type = 'session.completed';
    expect(reasonOf('allureconnect', type, '')).toBe('erased');
    expect(reasonOf('allureconnect', type, '', { attemptNumber: 2 })).toBe('erased');
  });

  it('is sent what was attempted before, and every test', () => {
    expect(reasonOf('docebo', 'session.launched', '{}', { attemptNumber: 2 })).toBeUndefined();
    expect(reasonOf('docebo', 'session.launched', '{}', { test: true })).toBeUndefined();
  });
});

const picky = { format: 'allureconnect', filter: 'false' } as WebhookForSending;
const wantsNothing = { wants: async () => false };
const reasonFor = (its: Partial<ClaimedDelivery>) =>
  reasonToTurnAway(picky, aClaim(its), wantsNothing);

describe('a filter that wants nothing', () => {
  it.each<[string, Partial<ClaimedDelivery>]>([
    ['before the first attempt', {}],
    ['after a dispatcher has died, maybe before it asked', { attemptNumber: 2, takenOver: true }],
  ])('turns an event away %s', async (_when, its) => {
    expect(await reasonFor(its)).toBe('filtered');
  });

  it.each<[string, Partial<ClaimedDelivery>]>([
    ['is a test', { test: true }],
    ['is a retry', { attemptNumber: 2, cycleFailures: 1 }],
    ['takes over a retry', { attemptNumber: 3, cycleFailures: 1, takenOver: true }],
    ['was asked for by hand', { attemptNumber: 2, trigger: 'manual', takenOver: true }],
    ['goes to the fallbackUrl for the first time', { trigger: 'fallback' }],
  ])('is not asked about what %s', async (_what, its) => {
    expect(await reasonFor(its)).toBeUndefined();
  });
});
