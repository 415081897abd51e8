import type { TenantTransaction } from '../../database/as-tenant.js';
import { Prisma } from '../../generated/client.js';
import { isUnderWay } from '../../steps/predicates.js';

/**
 * Makes the next attempt of a delivery that waits, now and alone. Locks `batches`, `due_deliveries` and `deliveries`
 * in this order, as the dispatcher does.
 *
 * A delivery that is in a batch leaves it. The batch becomes due: the next claim finds that it is not whole, and
 * collects the rest anew. A batch does not need a delivery that was passed over, and goes on without it. Nothing
 * leaves a batch that is leased, even past the lease's end: the attempt that takes it over is the retry.
 *
 * @returns false when it does not wait, or its attempt is under way
 */
export async function bringForward(
  tx: TenantTransaction,
  tenantId: string,
  id: string,
): Promise<boolean> {
  const lockBatch = batchOf(tenantId, id);
  // First, by itself: the statement after it sees all attempts of the batch counted.
  await tx.$executeRaw(lockBatch);
  const brought = await tx.$executeRaw`
    WITH its_batch AS MATERIALIZED (${lockBatch}),
    brought_forward AS (${takeOut(tenantId, id)}),
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
    FROM brought_forward b WHERE d.id = b.delivery_id`;
  return brought > 0;
}

function batchOf(tenantId: string, id: string): Prisma.Sql {
  return Prisma.sql`
    SELECT b.id, b.lease_id IS NOT NULL AS is_leased
    FROM due_deliveries d JOIN batches b ON b.id = d.batch_id
    WHERE d.delivery_id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid FOR UPDATE OF b`;
}

/** Also out of what is collected. Attempts at batches are counted in `deliveries` only. */
function takeOut(tenantId: string, id: string): Prisma.Sql {
  return Prisma.sql`
    UPDATE due_deliveries d
    SET due_at = now(), trigger = 'manual', batch_id = NULL,
        awaits_turn = d.awaits_turn AND d.ordering_key IS NOT NULL,
        attempt_count = CASE WHEN d.awaits_turn AND d.ordering_key IS NULL
          THEN (SELECT x.attempt_count FROM deliveries x WHERE x.id = d.delivery_id)
          ELSE d.attempt_count END
    WHERE d.delivery_id = ${id}::uuid AND d.tenant_id = ${tenantId}::uuid
      AND NOT ${Prisma.raw(isUnderWay('d'))}
      AND (d.batch_id IS NULL OR d.batch_id IN (SELECT id FROM its_batch WHERE NOT is_leased))
    RETURNING delivery_id`;
}
