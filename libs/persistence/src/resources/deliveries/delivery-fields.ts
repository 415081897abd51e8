import type { DeliveryStatus, DiscardReason, FallbackStatus } from '@schoolbell/delivery';
import { Prisma } from '../../generated/client.js';
import type { EventSubjects } from '../events/subjects-of-events.js';
import { alsoHolds, isCollecting, sendsBatches } from '../../steps/predicates.js';

/** A delivery as people see it. Ids are UUIDs. */
export interface DeliveryRow {
  id: string;
  tenantId: string;
  eventId: string;
  eventType: string;
  webhookId: string;
  status: DeliveryStatus;
  /** Why it was discarded before its first attempt; null otherwise. */
  discardReason: DiscardReason | null;
  test: boolean;
  attemptCount: number;
  /**
   * Null unless it is pending: what is held goes when its webhook is resumed. Of one that is collected for a batch,
   * when it goes at the latest.
   */
  nextAttemptAt: Date | null;
  lastAttempt: {
    at: Date;
    responseStatus: number | null;
    errorCode: string | null;
    durationMs: number | null;
  } | null;
  /** How sending a dead letter to its webhook's `fallbackUrl` goes; null where there was none. */
  fallback: {
    status: FallbackStatus;
    lastAttempt: DeliveryRow['lastAttempt'];
  } | null;
  /** The delivery that went instead of it, in a batch; null for one that went itself. */
  coalescedInto: string | null;
  /** When its event was erased, with what receivers answered; null while it is there. */
  erasedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** What its event is about, where that was asked for; null once the event was pruned. */
  event?: EventSubjects | null;
}

/**
 * Of a delivery `d` and its webhook `w`: waiting is held while the webhook is paused, but for tests, and
 * discarded once it is deleted.
 */
export const SHOWN_STATUS = Prisma.sql`
  CASE WHEN d.status <> 'waiting' THEN d.status
       WHEN w.deleted_at IS NOT NULL THEN 'discarded'
       WHEN w.status = 'paused' AND NOT d.test THEN 'held'
       ELSE 'pending' END`;

/** It is looked up for webhooks that send batches only. */
const NEXT_ATTEMPT_AT = Prisma.sql`
  CASE WHEN d.status = 'waiting' AND ${Prisma.raw(sendsBatches('w'))} THEN coalesce((
    SELECT c.due_at + (w.delivery->>'intervalSeconds')::float8 * interval '1 second' FROM due_deliveries c
    WHERE c.delivery_id = d.id AND ${Prisma.raw(alsoHolds(isCollecting('c')))}), d.next_attempt_at)
  ELSE d.next_attempt_at END`;

/** What {@link toDeliveryRow} needs, of a delivery `d` and its webhook `w`. */
export const DELIVERY_COLUMNS = Prisma.sql`
  d.id, d.tenant_id AS "tenantId", d.event_id AS "eventId", d.event_type AS "eventType",
  d.webhook_id AS "webhookId", ${SHOWN_STATUS} AS status, d.discard_reason AS "discardReason", d.test,
  d.attempt_count AS "attemptCount", ${NEXT_ATTEMPT_AT} AS "nextAttemptAt", d.coalesced_into AS "coalescedInto",
  d.erased_at AS "erasedAt", d.created_at AS "createdAt", d.updated_at AS "updatedAt",
  d.last_attempt_at AS "lastAttemptAt", d.last_response_status AS "responseStatus",
  d.last_error_code AS "errorCode", d.last_duration_ms AS "durationMs", (
    SELECT json_build_object(
      'status', CASE WHEN f.status = 'pending' AND d.status <> 'dead' THEN 'discarded' ELSE f.status END,
      'lastAttemptAt', f.last_attempt_at, 'responseStatus', f.last_response_status,
      'errorCode', f.last_error_code, 'durationMs', f.last_duration_ms)
    FROM fallbacks f WHERE f.delivery_id = d.id) AS fallback`;

/**
 * The fields that deliveries can be filtered by, as they are stored. Lists, groups, bulk operations and the stream all
 * follow from this table.
 */
export interface FilterFields {
  eventType: string;
  /** Of the last attempt. */
  responseStatus: number | null;
  /** Of the last attempt. */
  errorCode: string | null;
}

/** Their columns, of a delivery `d`. */
export const FILTER_COLUMNS: Readonly<Record<keyof FilterFields, string>> = {
  eventType: 'd.event_type',
  responseStatus: 'd.last_response_status',
  errorCode: 'd.last_error_code',
};

export const FILTER_FIELDS = Object.keys(FILTER_COLUMNS) as readonly (keyof FilterFields)[];

interface LastAttemptColumns<Time> {
  lastAttemptAt: Time | null;
  responseStatus: number | null;
  errorCode: string | null;
  durationMs: number | null;
}

export type DeliveryColumns = Omit<DeliveryRow, 'lastAttempt' | 'fallback' | 'event'> &
  LastAttemptColumns<Date> & {
    fallback: (LastAttemptColumns<string> & { status: FallbackStatus }) | null;
  };

export function toDeliveryRow(columns: DeliveryColumns): DeliveryRow {
  const { lastAttemptAt, responseStatus, errorCode, durationMs, fallback, ...shown } = columns;
  return {
    ...shown,
    nextAttemptAt: shown.status === 'pending' ? shown.nextAttemptAt : null,
    lastAttempt: lastAttemptOf({ lastAttemptAt, responseStatus, errorCode, durationMs }),
    fallback: fallback && { status: fallback.status, lastAttempt: lastAttemptOf(fallback) },
  };
}

function lastAttemptOf(columns: LastAttemptColumns<Date | string>): DeliveryRow['lastAttempt'] {
  const { lastAttemptAt, responseStatus, errorCode, durationMs } = columns;
  if (!lastAttemptAt) return null;
  return { at: new Date(lastAttemptAt), responseStatus, errorCode, durationMs };
}
