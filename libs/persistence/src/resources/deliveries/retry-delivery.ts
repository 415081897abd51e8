import { toTypeId } from '@schoolbell/ids';
import { type DeliveryStatus } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { readAsTenant } from '../../database/read-as-tenant.js';
import { recordChange, type Change } from '../../database/record-change.js';
import { RETRY_LOCK } from '../../database/retry-lock.js';
import { Prisma } from '../../generated/client.js';
import { bringForward } from './bring-forward.js';
import { SHOWN_STATUS } from './delivery-fields.js';
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
  /** Its learner wished to be forgotten. */
  | { kind: 'event_erased' }
  | { kind: 'test' };

interface Found {
  id: string;
  tenantId: string;
  status: DeliveryStatus;
  test: boolean;
  webhookId: string;
  webhookStatus: string;
  webhookDeleted: boolean;
  eventPruned: boolean;
  eventErased: boolean;
}

/**
 * Sends a delivery by hand: a new cycle for one that is dead or delivered, the next attempt now for one
 * that waits. Never two attempts at once: one that is leased is left alone.
 */
export async function retryDelivery(
  db: Database,
  tenantId: string,
  id: string,
  author: Author,
): Promise<RetryOutcome> {
  const found = await findForRetry(db, tenantId, id);
  if (!found) return { kind: 'not_found' };
  const refusal = refusalOf(found);
  if (refusal) return { kind: refusal };
  if (await startRetry(db, author, found)) return { kind: 'retried', webhookId: found.webhookId };
  // Its attempt is under way, or it is not what it was a moment ago.
  const now = await findForRetry(db, tenantId, id);
  if (!now) return { kind: 'not_found' };
  const refusalNow = refusalOf(now);
  return refusalNow ? { kind: refusalNow } : { kind: 'retried', webhookId: found.webhookId };
}

/** Either way in a transaction of its own, so that what the first one locked is in nobody's way. */
async function startRetry(db: Database, author: Author, found: Found): Promise<boolean> {
  const { tenantId, id } = found;
  const startedBy = (start: typeof startCycle): Promise<boolean> =>
    asTenant(db, tenantId, async (tx) => {
      const started = await start(tx, tenantId, id);
      if (started) await recordChange(tx, author, retried(found));
      return started;
    });
  return (await startedBy(startCycle)) || (await startedBy(bringForward));
}

async function findForRetry(
  db: Database,
  tenantId: string,
  id: string,
): Promise<Found | undefined> {
  const query = Prisma.sql`
    SELECT d.id, d.tenant_id AS "tenantId", ${SHOWN_STATUS} AS status, d.test,
           d.webhook_id AS "webhookId", w.status AS "webhookStatus",
           w.deleted_at IS NOT NULL AS "webhookDeleted",
           NOT EXISTS (SELECT FROM events e WHERE e.id = d.event_id) AS "eventPruned",
           d.erased_at IS NOT NULL AS "eventErased"
    FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid`;
  const [found] = await readAsTenant(db, tenantId, (rows) => rows<Found>(query));
  return found;
}

function retried({ tenantId, id, status }: Found): Change {
  const isNewCycle = status !== 'pending';
  return {
    tenantId,
    action: 'delivery.retried',
    resource: { kind: 'delivery', id: toTypeId('delivery', id) },
    ...(isNewCycle && { before: { status }, after: { status: 'pending' } }),
  };
}

function refusalOf(
  found: Found,
): Exclude<RetryOutcome['kind'], 'retried' | 'not_found'> | undefined {
  if (found.test) return 'test';
  if (found.eventErased) return 'event_erased';
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
async function startCycle(tx: TenantTransaction, tenantId: string, id: string): Promise<boolean> {
  const started = await tx.$executeRaw`
    WITH nobody_drops AS MATERIALIZED (
      SELECT pg_advisory_xact_lock_shared(${RETRY_LOCK})
    ),
    revived AS (
      UPDATE deliveries d
      SET status = 'waiting', dead_at = NULL, next_attempt_at = now(), coalesced_into = NULL,
          updated_at = now()
      WHERE (SELECT count(*) FROM nobody_drops) = 1
        AND id = ${id}::uuid AND tenant_id = ${tenantId}::uuid AND status IN ('dead', 'delivered')
        AND erased_at IS NULL
        AND EXISTS (SELECT FROM events e WHERE e.id = d.event_id)
      RETURNING id, tenant_id, webhook_id, event_id, attempt_count
    )
    ${dueByHand(Prisma.sql`revived`)}`;
  return started > 0;
}
