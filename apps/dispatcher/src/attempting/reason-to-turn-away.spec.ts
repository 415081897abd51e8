import type { WebhookForSending } from '@schoolbell/delivery';
import { describe, expect, it } from 'vitest';
import { aClaim } from '../delivering/testing/a-claim.js';
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

  it('is sent what was attempted before, and every test', () => {
    expect(reasonOf('docebo', 'session.launched', '{}', { attemptNumber: 2 })).toBeUndefined();
    expect(reasonOf('docebo', 'session.launched', '{}', { test: true })).toBeUndefined();
  });
});
