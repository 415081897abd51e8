import { uuidV7 } from '@schoolbell/ids';
import type { DeliveryFacts } from '@schoolbell/persistence';
import { describe, expect, it } from 'vitest';
import { matchesFilter } from './matches-filter.js';

const facts: DeliveryFacts = {
  id: uuidV7(),
  eventId: uuidV7(),
  eventType: 'session.completed',
  webhookId: uuidV7(),
  status: 'delivered',
  responseStatus: 200,
  errorCode: null,
  createdAt: 1_000,
  updatedAt: 1_000,
};

describe('somebody who watches deliveries with a filter', () => {
  it('is told of those that the list would show', () => {
    const about = new Map([['ses_1', new Set([facts.eventId])]]);
    const shown = { status: 'delivered', from: new Date(1_000), subjectId: 'ses_1' } as const;
    expect(matchesFilter(facts, shown, about)).toBe(true);
    expect(matchesFilter(facts, {}, new Map())).toBe(true);
  });

  it.each([
    { status: 'dead' } as const,
    { webhookId: uuidV7() },
    { errorCode: 'timeout' },
    { to: new Date(1_000) },
    { subjectId: 'ses_2' },
  ])('is told nothing of what it leaves out: %o', (filter) => {
    expect(matchesFilter(facts, filter, new Map())).toBe(false);
  });
});
