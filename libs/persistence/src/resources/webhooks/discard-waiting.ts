import { Prisma } from '../../generated/client.js';
import { isUnderWay } from '../../steps/predicates.js';
import { DISCARDED_AT_ONCE } from '../../steps/discarded-at-once.js';

/** All but tests and attempts that are in flight at this moment, whose outcome is recorded as it comes. */
const HELD = Prisma.raw(`NOT test AND NOT ${isUnderWay('due_deliveries')}`);

/**
 * Deletes a webhook and discards some of what waits for it; the sweep discards the rest. A row that is locked,
 * since its attempt is being recorded, is passed by.
 *
 * @returns the query for its `id`; no row when the tenant has no such webhook
 */
export function deleteWebhook(tenantId: string, webhookId: string): Prisma.Sql {
  return Prisma.sql`
    WITH deleted AS MATERIALIZED (
      UPDATE webhooks SET deleted_at = now(), version = version + 1, updated_at = now()
      WHERE id = ${webhookId}::uuid AND tenant_id = ${tenantId}::uuid AND deleted_at IS NULL
      RETURNING id
    ),
    dropped AS (
      DELETE FROM due_deliveries
      WHERE delivery_id = ANY (ARRAY (
        SELECT delivery_id FROM due_deliveries
        WHERE webhook_id = (SELECT id FROM deleted)
        ORDER BY due_at, delivery_id LIMIT ${DISCARDED_AT_ONCE} FOR UPDATE SKIP LOCKED))
      RETURNING delivery_id
    ),
    discarded AS (${markDiscarded(Prisma.sql`dropped`)})
    SELECT id FROM deleted`;
}

/** Discards some of what a webhook holds, as long as it is paused. */
export function discardHeld(tenantId: string, webhookId: string): Prisma.Sql {
  return Prisma.sql`
    WITH dropped AS (
      DELETE FROM due_deliveries
      WHERE delivery_id = ANY (ARRAY (
        SELECT delivery_id FROM due_deliveries
        WHERE ${HELD} AND webhook_id = (
          SELECT id FROM webhooks
          WHERE id = ${webhookId}::uuid AND tenant_id = ${tenantId}::uuid
            AND status = 'paused' AND deleted_at IS NULL)
        ORDER BY due_at, delivery_id LIMIT ${DISCARDED_AT_ONCE} FOR UPDATE SKIP LOCKED))
      RETURNING delivery_id
    )
    ${markDiscarded(Prisma.sql`dropped`)}`;
}

/** Discards all that a webhook has held up to now. */
export function discardAllHeld(webhookId: string): Prisma.Sql {
  return Prisma.sql`
    WITH dropped AS (
      DELETE FROM due_deliveries WHERE webhook_id = ${webhookId}::uuid AND ${HELD}
      RETURNING delivery_id
    )
    ${markDiscarded(Prisma.sql`dropped`)}`;
}

function markDiscarded(dropped: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    UPDATE deliveries d
    SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
    FROM ${dropped} x WHERE d.id = x.delivery_id`;
}
