import type { EventRecord } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { Prisma, type Event } from '../../generated/client.js';
import { toEventRecord } from '../events/event-record.js';

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

/** Ids of the batches in whose bodies a delivery was. */
export async function batchIdsOf(
  tx: Pick<Prisma.TransactionClient, 'batchMember'>,
  deliveryId: string,
): Promise<string[]> {
  const rows = await tx.batchMember.findMany({
    where: { deliveryId, position: { not: null } },
    select: { batchId: true },
  });
  return rows.map(({ batchId }) => batchId);
}

/** @returns the batches by their ids */
export async function readSentBatches(
  { prisma }: Pick<Database, 'prisma'>,
  ids: readonly string[],
): Promise<Map<string, SentBatch>> {
  if (ids.length === 0) return new Map();
  const members = await prisma.batchMember.findMany({
    where: { batchId: { in: [...ids] }, position: { not: null } },
    orderBy: { position: 'asc' },
  });
  const events = await eventsOf(
    prisma,
    members.map(({ deliveryId }) => deliveryId),
  );
  const ofBatches = Map.groupBy(members, ({ batchId }) => batchId);
  return new Map(
    [...ofBatches].map(([id, ofIt]) => [
      id,
      {
        id,
        members: ofIt.map(({ deliveryId }) => ({
          deliveryId,
          event: events.get(deliveryId) ?? null,
        })),
      },
    ]),
  );
}

async function eventsOf(
  prisma: Database['prisma'],
  deliveryIds: readonly string[],
): Promise<Map<string, EventRecord>> {
  const deliveries = await prisma.delivery.findMany({
    where: { id: { in: [...deliveryIds] } },
    select: { id: true, eventId: true },
  });
  const eventIds = deliveries.map(({ eventId }) => eventId);
  const events = await prisma.event.findMany({ where: { id: { in: eventIds } } });
  const byId = new Map(events.map((event: Event) => [event.id, toEventRecord(event)]));
  return new Map(
    deliveries.flatMap(({ id, eventId }) => {
      const event = byId.get(eventId);
      return event ? [[id, event] as const] : [];
    }),
  );
}
