import { toTypeId } from '@schoolbell/ids';
import type { Findings, FoundSubject, SearchedKind } from '@schoolbell/persistence';
import type { SearchCandidates } from './search-candidates.js';
import type { SearchHitDocument } from './search-hit.js';

/** The hits, grouped by kind: Schoolbell's own ids first, then the most likely of a runtime's. */
export function presentFindings(
  findings: Findings,
  { kinds, runtime }: SearchCandidates,
): SearchHitDocument[] {
  const rank = new Map(runtime.map((id, index) => [id, index]));
  return [
    ...kinds.flatMap((kind) => PRESENTED[kind](findings)),
    ...grouped(findings.subjects, rank).map(presentSubject),
    ...findings.rejections.map((rejection) => ({
      kind: 'event_rejection' as const,
      id: toTypeId('eventRejection', rejection.id),
      at: rejection.at.toISOString(),
      type: rejection.type,
      responseStatus: rejection.status,
      errorCode: rejection.code,
      detail: rejection.detail,
    })),
  ];
}

const PRESENTED: Record<SearchedKind, (findings: Findings) => SearchHitDocument[]> = {
  event: ({ event }) =>
    event.map(
      ({ id, acceptedAt, type, sessionId, packageId, dispatchId, learnerId, deliveries }) => ({
        kind: 'event',
        id: toTypeId('event', id),
        at: acceptedAt.toISOString(),
        type,
        sessionId,
        packageId,
        dispatchId,
        learnerId,
        deliveryCounts: deliveries.counts,
      }),
    ),
  delivery: ({ delivery }) =>
    delivery.map(({ id, createdAt, eventType, status, eventId, webhookId, lastAttempt }) => ({
      kind: 'delivery',
      id: toTypeId('delivery', id),
      at: createdAt.toISOString(),
      type: eventType,
      status,
      eventId: toTypeId('event', eventId),
      webhookId: toTypeId('webhook', webhookId),
      responseStatus: lastAttempt?.responseStatus ?? null,
      errorCode: lastAttempt?.errorCode ?? null,
    })),
  attempt: ({ attempt }) =>
    attempt.map(({ id, at, outcome, number, webhookId, deliveryId, batchId, ...answer }) => ({
      kind: 'attempt',
      id: toTypeId('attempt', id),
      at: at.toISOString(),
      status: outcome,
      number,
      webhookId: toTypeId('webhook', webhookId),
      ...(deliveryId !== null && { deliveryId: toTypeId('delivery', deliveryId) }),
      ...(batchId !== null && { batchId: toTypeId('batch', batchId) }),
      responseStatus: answer.responseStatus,
      errorCode: answer.errorCode,
    })),
  webhook: ({ webhook }) =>
    webhook.map(({ id, createdAt, status, deletedAt, description, url }) => ({
      kind: 'webhook',
      id: toTypeId('webhook', id),
      at: createdAt.toISOString(),
      status: deletedAt === null ? status : 'deleted',
      description,
      url,
    })),
  batch: ({ batch }) =>
    batch.map(({ id, status, webhookId, size }) => ({
      kind: 'batch',
      id: toTypeId('batch', id),
      status,
      webhookId: toTypeId('webhook', webhookId),
      size,
    })),
  operation: ({ operation }) =>
    operation.map(({ id, createdAt, ...progress }) => ({
      kind: 'operation',
      id: toTypeId('operation', id),
      at: createdAt.toISOString(),
      ...progress,
    })),
};

/** Groups in the order of their best hits; within a group, the most likely hits first. */
function grouped(
  subjects: readonly FoundSubject[],
  rank: ReadonlyMap<string, number>,
): FoundSubject[] {
  const rankOf = ({ id }: FoundSubject): number => rank.get(id)!;
  const sorted = subjects.toSorted((one, other) => rankOf(one) - rankOf(other));
  return [...Map.groupBy(sorted, ({ kind }) => kind).values()].flat();
}

function presentSubject(subject: FoundSubject): SearchHitDocument {
  const { kind, id, events, moreEvents, lastEventAt, lastEventType } = subject;
  return {
    kind,
    id,
    at: lastEventAt?.toISOString() ?? null,
    type: lastEventType,
    events,
    moreEvents,
  };
}
