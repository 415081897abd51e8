import type { DeliveryDocument } from '@schoolbell/api-client';
import { describe, expect, it } from 'vitest';
import { matchesDeliveryFilters } from './delivery-filters.ts';

const ROW = {
  id: 'dlv_1',
  eventId: 'evt_1',
  eventType: 'session.completed',
  webhookId: 'wh_1',
  status: 'dead',
  lastAttempt: { at: '', responseStatus: 503, errorCode: 'http_status', durationMs: 1 },
  createdAt: '2026-11-28T12:00:00.000Z',
  event: { sessionId: 'ses_1', packageId: 'pkg_1', learnerId: 'lrn_1', dispatchId: null },
} as unknown as DeliveryDocument;

describe('a new row', () => {
  it.each([
    {},
    { status: '', webhookId: undefined },
    { status: 'dead', webhookId: 'wh_1', type: 'session.completed', eventId: 'evt_1' },
    { responseStatus: '503', errorCode: 'http_status' },
    { q: 'lrn_1' },
    { q: 'dlv_1', from: '2026-11-28T12:00:00Z', to: '2026-11-28T12:00:01Z' },
  ])('belongs to a list with %j', (filters) => {
    expect(matchesDeliveryFilters(ROW, filters)).toBe(true);
  });

  it.each([
    { status: 'delivered' },
    { webhookId: 'wh_2' },
    { responseStatus: 500 },
    { q: 'lrn' },
    { from: '2026-11-28T12:00:00.001Z' },
    { to: '2026-11-28T12:00:00Z' },
  ])('does not belong to a list with %j', (filters) => {
    expect(matchesDeliveryFilters(ROW, filters)).toBe(false);
  });
});
