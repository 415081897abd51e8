import { toTypeId, uuidV7 } from '@schoolbell/ids';
import type { Author } from '@schoolbell/identity';
import { asTenant, type TenantTransaction } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { deliveriesOf } from '../../database/deliveries-of.js';
import { recordChange, type Change } from '../../database/record-change.js';
import { RETRY_LOCK } from '../../database/retry-lock.js';
import { Prisma } from '../../generated/client.js';
import { dueByHand } from '../../steps/due-by-hand.js';

/** One event and one webhook that is to have it, by their UUIDs. */
export interface EventToDeliver {
  eventId: string;
  webhookId: string;
}

export type DeliverOutcome =
  /** A delivery was made, and is due now. */
  | { kind: 'made'; deliveryId: string }
  /** There is a delivery that was not discarded: retry that one. */
  | { kind: 'exists'; deliveryId: string }
  | { kind: Refusal };

type Refusal =
  | 'event_not_found'
  | 'webhook_not_found'
  | 'webhook_paused'
  | 'event_erased'
  | 'test'
  /** Schoolbell's own event is on its way to its webhooks yet; a matter of seconds. */
  | 'fanning_out';

interface Found {
  test: boolean;
  erased: boolean;
  fanningOut: boolean;
  webhookStatus: string | null;
  /** The newest that was not discarded. */
  deliveryId: string | null;
}

/**
 * Makes a delivery of an event to a webhook that has none of it, whatever the webhook listens to. What was discarded
 * stays so beside the new one. Two callers at once make one delivery.
 */
export async function deliverEvent(
  db: Database,
  tenantId: string,
  wanted: EventToDeliver,
  author: Author,
): Promise<DeliverOutcome> {
  return asTenant(db, tenantId, async (tx) => {
    await lock(tx, wanted);
    const found = await look(tx, tenantId, wanted);
    const refusal = refusalOf(found);
    if (refusal) return { kind: refusal };
    if (found!.deliveryId !== null) return { kind: 'exists', deliveryId: found!.deliveryId };
    const deliveryId = uuidV7();
    await make(tx, tenantId, wanted, deliveryId);
    await recordChange(tx, author, created(tenantId, wanted, deliveryId));
    return { kind: 'made', deliveryId };
  });
}

/** Nobody drops the period of the event meanwhile, and nobody else makes a delivery of this event to this webhook. */
async function lock(tx: TenantTransaction, { eventId, webhookId }: EventToDeliver): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock_shared(${RETRY_LOCK}),
      pg_advisory_xact_lock(hashtextextended(${`deliver ${eventId} ${webhookId}`}, 0))`;
}

async function look(
  tx: TenantTransaction,
  tenantId: string,
  { eventId, webhookId }: EventToDeliver,
): Promise<Found | undefined> {
  const [found] = await tx.$queryRaw<Found[]>`
    SELECT e.test, e.erased_at IS NOT NULL AS erased, w.status AS "webhookStatus",
      EXISTS (SELECT FROM fan_outs f WHERE f.event_id = e.id AND f.next_webhook_id <= ${webhookId}::uuid)
        AS "fanningOut",
      (SELECT d.id FROM ${deliveriesOf(Prisma.sql`e.id`)} d
       WHERE d.webhook_id = w.id AND d.status <> 'discarded'
       ORDER BY d.id DESC LIMIT 1) AS "deliveryId"
    FROM events e
    LEFT JOIN webhooks w
      ON w.id = ${webhookId}::uuid AND w.tenant_id = e.tenant_id AND w.deleted_at IS NULL
    WHERE e.id = ${eventId}::uuid AND e.tenant_id = ${tenantId}::uuid`;
  return found;
}

function refusalOf(found: Found | undefined): Refusal | undefined {
  if (!found) return 'event_not_found';
  if (found.webhookStatus === null) return 'webhook_not_found';
  if (found.test) return 'test';
  if (found.erased) return 'event_erased';
  if (found.webhookStatus === 'paused') return 'webhook_paused';
  return found.deliveryId === null && found.fanningOut ? 'fanning_out' : undefined;
}

async function make(
  tx: TenantTransaction,
  tenantId: string,
  { eventId, webhookId }: EventToDeliver,
  deliveryId: string,
): Promise<void> {
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, next_attempt_at)
      SELECT ${deliveryId}::uuid, tenant_id, id, type, ${webhookId}::uuid, now() FROM events
      WHERE id = ${eventId}::uuid AND tenant_id = ${tenantId}::uuid
      RETURNING id, tenant_id, webhook_id, event_id, attempt_count
    )
    ${dueByHand(Prisma.sql`made`)}`;
}

function created(
  tenantId: string,
  { eventId, webhookId }: EventToDeliver,
  deliveryId: string,
): Change {
  return {
    tenantId,
    action: 'delivery.created',
    resource: { kind: 'delivery', id: toTypeId('delivery', deliveryId) },
    after: { eventId: toTypeId('event', eventId), webhookId: toTypeId('webhook', webhookId) },
  };
}
