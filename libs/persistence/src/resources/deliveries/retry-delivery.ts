import type { DeliveryStatus } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { RETRY_LOCK } from '../../database/retry-lock.js';
import { Prisma } from '../../generated/client.js';
import { isUnderWay } from '../../steps/predicates.js';
import { SHOWN_STATUS } from './delivery-row.js';
import { dueByHand } from '../../steps/due-by-hand.js';

export type RetryOutcome =
  /** Due now; for one whose attempt is under way, that attempt is the retry. */
  | { kind: 'retried'; webhookId: string }
  | { kind: 'not_found' }
  | { kind: 'webhook_paused' }
  | { kind: 'webhook_deleted' }
  | { kind: 'discarded' }
  /** There is nothing left to send. */
  | { kind: 'event_pruned' }
  | { kind: 'test' };

interface Found {
  status: DeliveryStatus;
  test: boolean;
  webhookId: string;
  webhookStatus: string;
  webhookDeleted: boolean;
  eventPruned: boolean;
}

/**
 * Sends a delivery by hand: a new cycle for one that is dead or delivered, the next attempt now for one
 * that waits. Never two attempts at once: one that is leased is left alone.
 */
export async function retryDelivery(
  db: Database,
  tenantId: string,
  id: string,
): Promise<RetryOutcome> {
  const found = await findForRetry(db, tenantId, id);
  if (!found) return { kind: 'not_found' };
  const refusal = refusalOf(found);
  if (refusal) return { kind: refusal };
  const changed = (await startCycle(db, tenantId, id)) || (await bringForward(db, tenantId, id));
  // Its attempt is under way, or it is not what it was a moment ago.
  if (!changed) {
    const now = await findForRetry(db, tenantId, id);
    if (!now) return { kind: 'not_found' };
    const refusalNow = refusalOf(now);
    if (refusalNow) return { kind: refusalNow };
  }
  return { kind: 'retried', webhookId: found.webhookId };
}

async function findForRetry(
  db: Database,
  tenantId: string,
  id: string,
): Promise<Found | undefined> {
  const [found] = await db.prisma.$queryRaw<Found[]>`
    SELECT ${SHOWN_STATUS} AS status, d.test, d.webhook_id AS "webhookId", w.status AS "webhookStatus",
           w.deleted_at IS NOT NULL AS "webhookDeleted",
           NOT EXISTS (SELECT FROM events e WHERE e.id = d.event_id) AS "eventPruned"
    FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid`;
  return found;
}

function refusalOf(
  found: Found,
): Exclude<RetryOutcome['kind'], 'retried' | 'not_found'> | undefined {
  if (found.test) return 'test';
  if (found.status === 'discarded') return 'discarded';
  if (found.webhookDeleted) return 'webhook_deleted';
  if (found.eventPruned) return 'event_pruned';
  // What would be sent now would only be held, and who asks for "now" is to know that.
  return found.webhookStatus === 'paused' ? 'webhook_paused' : undefined;
}

/**
 * Nobody drops the period of its event while this runs: whoever does has `RETRY_LOCK`, and needs our tables.
 * If we wait for that lock, it is they who give way, since we have the tables already.
 *
 * @returns false when the delivery waits already, such as when somebody else retried it just now, or its event
 *   is gone
 */
async function startCycle(db: Database, tenantId: string, id: string): Promise<boolean> {
  const started = await db.prisma.$executeRaw`
    WITH nobody_drops AS MATERIALIZED (
      SELECT pg_advisory_xact_lock_shared(${RETRY_LOCK})
    ),
    revived AS (
      UPDATE deliveries d
      SET status = 'waiting', dead_at = NULL, next_attempt_at = now(), coalesced_into = NULL,
          updated_at = now()
      WHERE (SELECT count(*) FROM nobody_drops) = 1
        AND id = ${id}::uuid AND tenant_id = ${tenantId}::uuid AND status IN ('dead', 'delivered')
        AND EXISTS (SELECT FROM events e WHERE e.id = d.event_id)
      RETURNING id, tenant_id, webhook_id, event_id, attempt_count
    )
    ${dueByHand(Prisma.sql`revived`)}`;
  return started > 0;
}

/**
 * Locks `batches`, `due_deliveries` and `deliveries` in this order, as the dispatcher does. What is collected for a
 * batch goes alone. What is in one leaves it: the batch is due now, so that a claim finds it broken and collects the
 * rest anew. One that was passed over there is missed by nobody. Nothing leaves a batch whose attempt was cut off,
 * before that is in the history of all of it: the claim that takes it over is the retry.
 *
 * @returns false when it does not wait, or its attempt is under way
 */
async function bringForward(db: Database, tenantId: string, id: string): Promise<boolean> {
  // Once the batch is locked, its last attempt is counted, which a statement that began before does not see.
  const lockBatch = Prisma.sql`
    SELECT b.id, b.lease_id IS NOT NULL AS is_leased
    FROM due_deliveries d JOIN batches b ON b.id = d.batch_id
    WHERE d.delivery_id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid FOR UPDATE OF b`;
  const [, brought] = await db.prisma.$transaction([
    db.prisma.$executeRaw(lockBatch),
    db.prisma.$executeRaw`
    WITH its_batch AS MATERIALIZED (${lockBatch}),
    brought_forward AS (
      UPDATE due_deliveries d
      SET due_at = now(), trigger = 'manual', batch_id = NULL,
          awaits_turn = d.awaits_turn AND d.ordering_key IS NOT NULL,
          attempt_count = CASE WHEN d.awaits_turn AND d.ordering_key IS NULL
            THEN (SELECT x.attempt_count FROM deliveries x WHERE x.id = d.delivery_id)
            ELSE d.attempt_count END
      WHERE d.delivery_id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid
        AND NOT ${Prisma.raw(isUnderWay('d'))}
        AND (d.batch_id IS NULL OR d.batch_id IN (SELECT id FROM its_batch WHERE NOT is_leased))
      RETURNING delivery_id
    ),
    left_by_one_passed_over AS (
      DELETE FROM batch_members m USING its_batch b, brought_forward f
      WHERE m.batch_id = b.id AND m.delivery_id = f.delivery_id AND m.position IS NULL
      RETURNING m.batch_id
    ),
    broken AS (
      UPDATE batches t SET due_at = now() FROM its_batch b
      WHERE t.id = b.id AND EXISTS (SELECT FROM brought_forward)
        AND NOT EXISTS (SELECT FROM left_by_one_passed_over)
    )
    UPDATE deliveries d SET next_attempt_at = now(), updated_at = now()
    FROM brought_forward b WHERE d.id = b.delivery_id`,
  ]);
  return brought > 0;
}
