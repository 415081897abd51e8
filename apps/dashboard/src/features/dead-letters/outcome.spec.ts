import type { DeliveryDocument } from '@schoolbell/api-client';
import { expect, it } from 'vitest';
import { agoOf } from '../../ui/instants.ts';
import { outcomeOf } from './outcome.ts';

const NOW = Date.parse('2026-11-28T12:00:00.000Z');
const in_ = (seconds: number) => new Date(NOW + seconds * 1_000).toISOString();
const delivery = (of: Partial<DeliveryDocument>): DeliveryDocument =>
  ({
    status: 'pending',
    attemptCount: 7,
    nextAttemptAt: null,
    lastAttempt: { at: in_(-1), responseStatus: 503, errorCode: 'http_status', durationMs: 41 },
    ...of,
  }) as DeliveryDocument;
const words = (of: Partial<DeliveryDocument>) => outcomeOf(delivery(of), 6, NOW).words;

it('the page of dead letters calls delivered what was delivered, with the answer', () => {
  const lastAttempt = { at: in_(-1), responseStatus: 200, errorCode: null, durationMs: 41 };
  expect(words({ status: 'delivered', lastAttempt })).toBe('Delivered, answered 200 OK in 41 ms.');
});

it('the page of dead letters says nothing of an outcome before the new attempt has ended', () => {
  expect(outcomeOf(delivery({ attemptCount: 6, nextAttemptAt: in_(0) }), 6, NOW)).toEqual({
    kind: 'under way',
    words: 'It is on its way.',
  });
  expect(words({ attemptCount: 6, nextAttemptAt: in_(60) })).toBe(
    `It waits for its attempt, ${agoOf(in_(60), NOW)} at the latest.`,
  );
});

it('the page of dead letters says when the next attempt follows a failure, and when none does', () => {
  expect(words({ nextAttemptAt: in_(300) })).toBe(
    `It failed again: The receiver was not available, answered 503 Service Unavailable in 41 ms. The next attempt follows by the retry schedule, ${agoOf(in_(300), NOW)}.`,
  );
  expect(words({ status: 'dead' })).toContain('It is a dead letter again.');
});

it('the page of dead letters says that a paused webhook holds it', () => {
  expect(words({ status: 'held' })).toMatch(/^Held: its webhook is paused/);
});
