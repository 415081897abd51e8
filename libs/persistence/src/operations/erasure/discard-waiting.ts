import { Prisma } from '../../generated/client.js';
import type { TenantTransaction } from '../../database/as-tenant.js';
import type { OrderedSession } from '../../steps/promote.js';
import { isUnleased } from '../../steps/predicates.js';

/** What discarding set free. */
export interface Discarded {
  /** Sessions whose next delivery may go. */
  sessions: OrderedSession[];
  /** Webhooks whose batches are to be collected anew. */
  webhookIds: string[];
}

interface Dropped {
  deliveryId: string;
  webhookId: string;
  orderingKey: string | null;
  batchId: string | null;
}

/**
 * Discards what waits of some deliveries, also for a fallback, but for attempts that are under way or may still be
 * recorded. Locks `batches`, `due_deliveries` and `deliveries` in this order, as the dispatcher does.
 *
 * A batch that loses a delivery becomes due: the next claim finds that it is not whole, and collects the rest anew.
 * Nothing leaves a batch that is leased.
 */
export async function discardWaiting(
  tx: TenantTransaction,
  deliveryIds: readonly string[],
): Promise<Discarded> {
  const batches = await tx.$queryRaw<{ id: string }[]>`
    SELECT b.id FROM batches b
    WHERE b.lease_id IS NULL AND b.id IN (
      SELECT d.batch_id FROM due_deliveries d WHERE d.delivery_id = ANY (${deliveryIds}::uuid[]))
    ORDER BY b.id FOR UPDATE SKIP LOCKED`;
  const dropped = await drop(
    tx,
    deliveryIds,
    batches.map(({ id }) => id),
  );
  const broken = dropped.filter(({ batchId }) => batchId !== null);
  await tx.$executeRaw`
    UPDATE batches SET due_at = now() WHERE id = ANY (${broken.map(({ batchId }) => batchId!)}::uuid[])`;
  await tx.$executeRaw`
    UPDATE deliveries
    SET status = 'discarded', discard_reason = 'erased', next_attempt_at = NULL, updated_at = now()
    WHERE id = ANY (${dropped.map(({ deliveryId }) => deliveryId)}::uuid[])`;
  await discardFallbacks(tx, deliveryIds);
  return {
    sessions: dropped.flatMap(({ webhookId, orderingKey }) =>
      orderingKey === null ? [] : [[webhookId, orderingKey] as const],
    ),
    webhookIds: [...new Set(dropped.map(({ webhookId }) => webhookId))],
  };
}

/** A row that is locked is being claimed or recorded: it is looked at again later. */
async function drop(
  tx: TenantTransaction,
  deliveryIds: readonly string[],
  unleasedBatches: readonly string[],
): Promise<Dropped[]> {
  return tx.$queryRaw<Dropped[]>`
    DELETE FROM due_deliveries WHERE delivery_id IN (
      SELECT d.delivery_id FROM due_deliveries d
      WHERE d.delivery_id = ANY (${deliveryIds}::uuid[]) AND ${UNLEASED}
        AND (d.batch_id IS NULL OR d.batch_id = ANY (${unleasedBatches}::uuid[]))
      FOR UPDATE SKIP LOCKED)
    RETURNING delivery_id AS "deliveryId", webhook_id AS "webhookId", ordering_key AS "orderingKey",
      batch_id AS "batchId"`;
}

async function discardFallbacks(
  tx: TenantTransaction,
  deliveryIds: readonly string[],
): Promise<void> {
  await tx.$executeRaw`
    UPDATE fallbacks SET status = 'discarded', lease_id = NULL, leased_at = NULL, leased_until = NULL
    WHERE delivery_id IN (
      SELECT d.delivery_id FROM fallbacks d
      WHERE d.delivery_id = ANY (${deliveryIds}::uuid[]) AND d.status = 'pending' AND ${UNLEASED}
      FOR UPDATE SKIP LOCKED)`;
}

const UNLEASED = Prisma.raw(isUnleased('d'));
