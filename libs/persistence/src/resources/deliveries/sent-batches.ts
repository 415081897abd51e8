import type { EventRecord } from '@schoolbell/delivery';
import { ofTenant } from '../../database/of-tenant.js';
import type { ReadRows } from '../../database/read-transaction.js';
import { Prisma } from '../../generated/client.js';
import { EVENT_COLUMNS } from '../events/event-record.js';

/** A batch that was sent, with what its body was made of. */
export interface SentBatch {
  id: string;
  /** In the order of the body. */
  members: {
    deliveryId: string;
    /** Null once it was pruned. */
    event: EventRecord | null;
  }[];
}

interface Member {
  batchId: string;
  deliveryId: string;
}

/** Ids of the batches in whose bodies a delivery was. */
export async function batchIdsOf(
  rows: ReadRows,
  tenantId: string,
  deliveryId: string,
): Promise<string[]> {
  const found = await rows<{ id: string }>(Prisma.sql`
    SELECT m.batch_id AS id FROM batch_members m
    WHERE m.delivery_id = ${deliveryId}::uuid AND m.position IS NOT NULL AND ${ofTenant('m', tenantId)}`);
  return found.map(({ id }) => id);
}

/** @returns the batches by their ids */
export async function readSentBatches(
  rows: ReadRows,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, SentBatch>> {
  if (ids.length === 0) return new Map();
  const members = await rows<Member>(Prisma.sql`
    SELECT m.batch_id AS "batchId", m.delivery_id AS "deliveryId" FROM batch_members m
    WHERE m.batch_id = ANY (${ids}::uuid[]) AND m.position IS NOT NULL AND ${ofTenant('m', tenantId)}
    ORDER BY m.position`);
  const events = await eventsOf(
    rows,
    tenantId,
    members.map(({ deliveryId }) => deliveryId),
  );
  const member = ({ deliveryId }: Member): SentBatch['members'][number] => ({
    deliveryId,
    event: events.get(deliveryId) ?? null,
  });
  const ofBatches = Map.groupBy(members, ({ batchId }) => batchId);
  return new Map([...ofBatches].map(([id, ofIt]) => [id, { id, members: ofIt.map(member) }]));
}

/** The event of each delivery, as far as it was not pruned. */
async function eventsOf(
  rows: ReadRows,
  tenantId: string,
  deliveryIds: readonly string[],
): Promise<Map<string, EventRecord>> {
  const deliveries = await rows<{ id: string; eventId: string }>(Prisma.sql`
    SELECT id, event_id AS "eventId" FROM deliveries
    WHERE id = ANY (${deliveryIds}::uuid[]) AND tenant_id = ${tenantId}::uuid`);
  const eventIds = deliveries.map(({ eventId }) => eventId);
  const events = await rows<EventRecord>(Prisma.sql`
    SELECT ${EVENT_COLUMNS} FROM events
    WHERE id = ANY (${eventIds}::uuid[]) AND tenant_id = ${tenantId}::uuid`);
  const byId = new Map(events.map((event) => [event.id, event]));
  return new Map(
    deliveries.flatMap(({ id, eventId }) => {
      const event = byId.get(eventId);
      return event ? [[id, event] as const] : [];
    }),
  );
}
