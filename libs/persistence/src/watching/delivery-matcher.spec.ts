import { uuidV7 } from '@schoolbell/ids';
import { describe, expect, it } from 'vitest';
import type { DeliveryFacts } from './delivery-facts.js';
import { deliveryMatcher } from './delivery-matcher.js';

const facts = {
  id: uuidV7(),
  eventId: uuidV7(),
  eventType: 'session.completed',
  webhookId: uuidV7(),
  status: 'delivered',
  responseStatus: 200,
  errorCode: null,
  createdAt: 1_000,
  updatedAt: 1_000,
} as DeliveryFacts;

describe('somebody who watches deliveries with a filter', () => {
  it('is told of those that the list would show', () => {
    const about = new Map([['ses_1', new Set([facts.eventId])]]);
    const shown = { status: 'delivered', from: new Date(1_000), subjectId: 'ses_1' } as const;
    expect(deliveryMatcher(shown, about)(facts)).toBe(true);
    expect(deliveryMatcher({}, new Map())(facts)).toBe(true);
  });

  it.each([
    { status: 'dead' } as const,
    { webhookId: uuidV7() },
    { eventId: uuidV7() },
    { deliveryId: uuidV7() },
    { eventType: 'session.scored' },
    { responseStatus: 500 },
    { errorCode: 'timeout' },
    { from: new Date(1_001) },
    { to: new Date(1_000) },
    { subjectId: 'ses_2' },
  ])('is told nothing of what it leaves out: %o', (filter) => {
    expect(deliveryMatcher(filter, new Map())(facts)).toBe(false);
  });
});
