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
  d.id, d.tenant_id, d.event_id, d.event_type, d.webhook_id, ${SHOWN_STATUS} AS status, d.test, d.discard_reason,
  d.attempt_count, ${NEXT_ATTEMPT_AT} AS next_attempt_at, d.last_attempt_at, d.last_response_status, d.last_error_code,
  d.last_duration_ms, d.coalesced_into, d.erased_at, d.created_at, d.updated_at, (
    SELECT json_build_object(
      'status', CASE WHEN f.status = 'pending' AND d.status <> 'dead' THEN 'discarded' ELSE f.status END,
      'last_attempt_at', f.last_attempt_at, 'last_response_status', f.last_response_status,
      'last_error_code', f.last_error_code, 'last_duration_ms', f.last_duration_ms)
    FROM fallbacks f WHERE f.delivery_id = d.id) AS fallback`;

interface LastAttemptColumns<Time> {
  last_attempt_at: Time | null;
  last_response_status: number | null;
  last_error_code: string | null;
  last_duration_ms: number | null;
}

export interface DeliveryColumns extends LastAttemptColumns<Date> {
  id: string;
  tenant_id: string;
  event_id: string;
  event_type: string;
  webhook_id: string;
  status: DeliveryStatus;
  discard_reason: DiscardReason | null;
  test: boolean;
  attempt_count: number;
  next_attempt_at: Date | null;
  fallback: (LastAttemptColumns<string> & { status: FallbackStatus }) | null;
  coalesced_into: string | null;
  erased_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export function toDeliveryRow(columns: DeliveryColumns): DeliveryRow {
  return {
    id: columns.id,
    tenantId: columns.tenant_id,
    eventId: columns.event_id,
    eventType: columns.event_type,
    webhookId: columns.webhook_id,
    status: columns.status,
    discardReason: columns.discard_reason,
    test: columns.test,
    attemptCount: columns.attempt_count,
    nextAttemptAt: columns.status === 'pending' ? columns.next_attempt_at : null,
    lastAttempt: lastAttemptOf(columns),
    fallback: columns.fallback && {
      status: columns.fallback.status,
      lastAttempt: lastAttemptOf(columns.fallback),
    },
    coalescedInto: columns.coalesced_into,
    erasedAt: columns.erased_at,
    createdAt: columns.created_at,
    updatedAt: columns.updated_at,
  };
}

function lastAttemptOf(columns: LastAttemptColumns<Date | string>): DeliveryRow['lastAttempt'] {
  if (!columns.last_attempt_at) return null;
  return {
    at: new Date(columns.last_attempt_at),
    responseStatus: columns.last_response_status,
    errorCode: columns.last_error_code,
    durationMs: columns.last_duration_ms,
  };
}
