import { ERASED_PAYLOAD } from '@schoolbell/delivery';
import type { TenantTransaction } from '../../database/as-tenant.js';
import type { LearnerEvent } from './learner-events.js';

/** A key is stored in the statement of its event, by another clock perhaps. */
const KEY_SLACK = '60 seconds';

/**
 * Leaves tombstones in place of events: ids, types and times stay, and which package and dispatch they were about.
 * What was sent for them and answered goes from their attempts, also from those of whole batches.
 *
 * @param deliveryIds all deliveries of these events, none of which waits or is under way
 */
export async function buryEvents(
  tx: TenantTransaction,
  tenantId: string,
  events: readonly LearnerEvent[],
  deliveryIds: readonly string[],
): Promise<void> {
  if (events.length === 0) return;
  const ids = events.map(({ id }) => id);
  await forgetCompletions(tx, tenantId, ids);
  await tx.$executeRaw`
    UPDATE events SET payload = ${ERASED_PAYLOAD}, session_id = NULL, learner_id = NULL, erased_at = now()
    WHERE id = ANY (${ids}::uuid[])`;
  await tx.$executeRaw`
    UPDATE deliveries SET erased_at = now(), updated_at = now() WHERE id = ANY (${deliveryIds}::uuid[])`;
  await emptyAttempts(tx, deliveryIds);
  await forgetKeys(tx, tenantId, events);
}

/** Completions are remembered by registration or session, long after the state of the attempt has gone. */
async function forgetCompletions(
  tx: TenantTransaction,
  tenantId: string,
  eventIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM scorm_completions WHERE tenant_id = ${tenantId}::uuid AND registration_key IN (
      SELECT 's:' || e.session_id FROM events e
      WHERE e.id = ANY (${eventIds}::uuid[]) AND e.session_id IS NOT NULL
      UNION
      SELECT 'r:' || (e.payload::json ->> 'registrationId') FROM events e
      WHERE e.id = ANY (${eventIds}::uuid[]) AND e.payload IS JSON OBJECT)`;
}

/** Of the messages, only that of a template may say something of the event. */
async function emptyAttempts(tx: TenantTransaction, deliveryIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE attempts SET request_headers = '{}', rendered_with = NULL, response_headers = NULL,
      response_body = CASE WHEN response_status IS NOT NULL THEN '' END,
      error_message = CASE WHEN error_code <> 'unsendable' THEN error_message END
    WHERE delivery_id = ANY (${deliveryIds}::uuid[]) OR delivery_id IN (
      SELECT batch_id FROM batch_members WHERE delivery_id = ANY (${deliveryIds}::uuid[]))`;
}

/**
 * No index has keys by their events: those of the times of the events are looked through, and no others, however far
 * apart the events are.
 */
async function forgetKeys(
  tx: TenantTransaction,
  tenantId: string,
  events: readonly LearnerEvent[],
): Promise<void> {
  const ids = events.map(({ id }) => id);
  const times = events.map(({ acceptedAt }) => acceptedAt);
  await tx.$executeRaw`
    WITH spans AS (
      SELECT unnest(range_agg(tstzrange(at - ${KEY_SLACK}::interval, at + ${KEY_SLACK}::interval))) AS span
      FROM unnest(${times}::timestamptz[]) at
    )
    DELETE FROM idempotency_keys WHERE (tenant_id, key) IN (
      SELECT k.tenant_id, k.key FROM spans, LATERAL (
        SELECT * FROM idempotency_keys
        WHERE tenant_id = ${tenantId}::uuid AND event_id = ANY (${ids}::uuid[])
          AND created_at BETWEEN lower(span) AND upper(span)
        OFFSET 0) k)`;
}
