import type { DeliveryDocument, EventRejectionDocument } from '@schoolbell/api-client';
import type { StoryEvent } from '../sessions.ts';
import type { Telling } from '../verdict/telling.ts';

const NOW = Date.parse('2026-11-28T12:00:00.000Z');

/** This many minutes after noon of the fixtures' day. */
export const minute = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

export const TELLING: Telling = {
  nameOf: (webhookId) => webhookId.toUpperCase(),
  webhooks: 2,
  at: (instant) => `at ${instant.slice(11, 16)}`,
  now: NOW,
  tookAt: () => undefined,
  failuresOf: () => 0,
};

let ids = 0;

export function delivery(about: Partial<DeliveryDocument> = {}): DeliveryDocument {
  return {
    id: `dlv_${(ids += 1)}`,
    webhookId: 'hr',
    status: 'delivered',
    attemptCount: 1,
    nextAttemptAt: null,
    lastAttempt: { at: minute(-5), responseStatus: 200, errorCode: null, durationMs: 10 },
    ...about,
  } as DeliveryDocument;
}

/** The answer of a failing receiver. */
export const FAILED = {
  at: minute(-5),
  responseStatus: 503,
  errorCode: 'http_status',
  durationMs: 10,
};

export function event(
  name: string,
  at: number,
  about: { session?: string | undefined; data?: object; deliveries?: DeliveryDocument[] } = {},
): StoryEvent {
  const { session = 's1', data = {}, deliveries = [] } = about;
  const counts = { pending: 0, held: 0, delivered: 0, dead: 0, discarded: 0 };
  for (const { status } of deliveries) counts[status] += 1;
  return {
    id: `evt_${(ids += 1)}`,
    type: `session.${name}`,
    occurredAt: minute(at),
    acceptedAt: minute(at),
    sessionId: session,
    packageId: null,
    dispatchId: null,
    learnerId: 'ada',
    data,
    deliveries,
    deliveryCounts: counts,
  } as unknown as StoryEvent;
}

export const rejection = (about: Partial<EventRejectionDocument> = {}): EventRejectionDocument =>
  ({
    id: 'rej_1',
    at: minute(-3),
    status: 422,
    code: 'validation_failed',
    detail: 'It breaks a rule.',
    errors: [{ path: 'data.completionStatus', message: 'must be one of: completed' }],
    type: 'session.completed',
    sessionId: 's1',
    ...about,
  }) as EventRejectionDocument;
