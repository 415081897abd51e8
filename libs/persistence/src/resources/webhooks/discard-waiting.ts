import { Prisma } from '../../generated/client.js';
import { isUnderWay } from '../../steps/predicates.js';
import { DISCARDED_AT_ONCE, waitingOf } from '../../steps/waiting-of.js';

/**
 * Deletes a webhook with its access token, and discards some of what waits for it; the sweep discards the rest. A row that is locked,
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
      DELETE FROM due_deliveries WHERE delivery_id = ANY (ARRAY (${SOME_WAITING}))
      RETURNING delivery_id
    ),
    discarded AS (${MARK_DISCARDED}),
    token_forgotten AS (
      DELETE FROM access_tokens t USING deleted d WHERE t.webhook_id = d.id
    )
    SELECT id FROM deleted`;
}

/** Discards some of what a webhook holds, as long as it is paused. */
export function discardHeld(tenantId: string, webhookId: string): Prisma.Sql {
  return Prisma.sql`
    WITH paused AS MATERIALIZED (
      SELECT id FROM webhooks
      WHERE id = ${webhookId}::uuid AND tenant_id = ${tenantId}::uuid
        AND status = 'paused' AND deleted_at IS NULL
    ),
    dropped AS (
      DELETE FROM due_deliveries WHERE delivery_id = ANY (ARRAY (${SOME_HELD}))
      RETURNING delivery_id
    )
    ${MARK_DISCARDED}`;
}

/** Discards all that a webhook has held up to now. */
export function discardAllHeld(webhookId: string): Prisma.Sql {
  return Prisma.sql`
    WITH resumed AS MATERIALIZED (SELECT ${webhookId}::uuid AS id),
    dropped AS (
      DELETE FROM due_deliveries WHERE delivery_id IN (${ALL_HELD}) AND NOT ${UNDER_WAY}
      RETURNING delivery_id
    )
    ${MARK_DISCARDED}`;
}

const SOME_WAITING = Prisma.raw(waitingOf('deleted', { most: DISCARDED_AT_ONCE }));
const SOME_HELD = Prisma.raw(waitingOf('paused', { held: true, most: DISCARDED_AT_ONCE }));
const ALL_HELD = Prisma.raw(waitingOf('resumed', { held: true }));
const UNDER_WAY = Prisma.raw(isUnderWay('due_deliveries'));

const MARK_DISCARDED = Prisma.sql`
    UPDATE deliveries d
    SET status = 'discarded', next_attempt_at = NULL, updated_at = now()
    FROM dropped x WHERE d.id = x.delivery_id`;
