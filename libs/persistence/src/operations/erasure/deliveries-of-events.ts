import type { TenantTransaction } from '../../database/as-tenant.js';

/** A delivery of one of the events. */
interface DeliveryOfEvent {
  id: string;
  eventId: string;
}

export async function deliveriesOf(
  tx: TenantTransaction,
  eventIds: readonly string[],
): Promise<DeliveryOfEvent[]> {
  return tx.$queryRaw<DeliveryOfEvent[]>`
    SELECT id, event_id AS "eventId" FROM deliveries WHERE event_id = ANY (${eventIds}::uuid[])
    ORDER BY id`;
}

/**
 * Locks deliveries until the transaction ends, so that nobody retries one meanwhile, and tells which of them wait or
 * are under way: a retry that came before has made its delivery wait.
 */
export async function busyAmong(
  tx: TenantTransaction,
  deliveryIds: readonly string[],
): Promise<Set<string>> {
  await tx.$executeRaw`
    SELECT FROM deliveries WHERE id = ANY (${deliveryIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT d.delivery_id AS id FROM due_deliveries d WHERE d.delivery_id = ANY (${deliveryIds}::uuid[])
    UNION
    SELECT f.delivery_id FROM fallbacks f JOIN deliveries d ON d.id = f.delivery_id
    WHERE f.delivery_id = ANY (${deliveryIds}::uuid[]) AND f.status = 'pending' AND d.status = 'dead'`;
  return new Set(rows.map(({ id }) => id));
}
