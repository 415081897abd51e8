import { Prisma } from '../generated/client.js';

/** About 2 ms of Postgres: what anybody has on a page is among them. */
const NEWEST = 1_000;

/**
 * Deliveries that changed without an attempt, such as one that was sent again by hand or discarded: no index has when.
 * Found among the newest of the tenant, among its newest dead letters, and among what is due since then.
 *
 * @param since by the clock of the database
 */
export function touchedDeliveries(tenantId: string, since: Date): Prisma.Sql {
  const newest = (condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
    SELECT id FROM (
      SELECT d.id, d.updated_at FROM deliveries d
      WHERE d.tenant_id = ${tenantId}::uuid ${condition} ORDER BY d.id DESC LIMIT ${NEWEST}) n
    WHERE updated_at >= ${since}`;
  return Prisma.sql`
    ${newest(Prisma.empty)}
    UNION ${newest(Prisma.sql`AND d.dead_at IS NOT NULL`)}
    UNION (
      SELECT due.delivery_id FROM webhooks w CROSS JOIN LATERAL (
        SELECT delivery_id FROM due_deliveries q
        WHERE q.webhook_id = w.id AND NOT q.test AND NOT q.awaits_turn AND q.due_at BETWEEN ${since} AND now()
        ORDER BY q.due_at LIMIT ${NEWEST}) due
      WHERE w.tenant_id = ${tenantId}::uuid AND w.deleted_at IS NULL LIMIT ${NEWEST})`;
}
