import type { DeliveryFilter, EventRecord } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import type { Attempt } from '../../generated/client.js';
import { Prisma } from '../../generated/client.js';
import { toEventRecord } from '../events/event-record.js';
import type { ListPart, PageRequest } from '../../database/page-request.js';
import {
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from './delivery-row.js';
import { listDeliveries } from './list-deliveries.js';
import { batchIdsOf, readSentBatches, type SentBatch } from './sent-batches.js';
import { retryDelivery, type RetryOutcome } from './retry-delivery.js';

/** One HTTP request that was made for a delivery; headers are JSON text. */
export interface AttemptRow extends Attempt {
  /** The batch that the request was of; null for one of the delivery alone. */
  batch: SentBatch | null;
}

/** A delivery with all that its page shows. */
export interface DeliveryHistory {
  delivery: DeliveryRow;
  /** Oldest first. */
  attempts: AttemptRow[];
  /** Null once it was pruned. */
  event: EventRecord | null;
}

/** Reads deliveries and their attempts, and sends them again. Nothing here sees another tenant's. */
export class DeliveryRepository {
  constructor(private readonly db: Database) {}

  /** Newest first. A deleted webhook's deliveries are among them. @throws ListTooSlowError */
  async list(
    tenantId: string,
    filter: DeliveryFilter,
    page: PageRequest,
  ): Promise<ListPart<DeliveryRow>> {
    return listDeliveries(this.db, tenantId, filter, page);
  }

  /** Every delivery of one event, oldest first: as many as webhooks wanted it. */
  async ofEvent(tenantId: string, eventId: string): Promise<DeliveryRow[]> {
    const rows = await this.db.prisma.$queryRaw<DeliveryColumns[]>`
      SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.tenant_id = ${tenantId}::uuid AND d.event_id = ${eventId}::uuid ORDER BY d.id`;
    return rows.map(toDeliveryRow);
  }

  async find(tenantId: string, id: string): Promise<DeliveryRow | undefined> {
    const [columns] = await this.db.prisma.$queryRaw<DeliveryColumns[]>(byId(tenantId, id));
    return columns && toDeliveryRow(columns);
  }

  async history(tenantId: string, id: string): Promise<DeliveryHistory | undefined> {
    const { prisma } = this.db;
    // As of one moment: an attempt may just be ending.
    const [columns, attempts] = await prisma.$transaction(
      async (tx) => [
        (await tx.$queryRaw<DeliveryColumns[]>(byId(tenantId, id)))[0],
        await attemptsOf(tx, id),
      ],
      { isolationLevel: 'RepeatableRead' },
    );
    if (!columns) return undefined;
    const delivery = toDeliveryRow(columns);
    const sent = attempts.filter(({ deliveryId }) => deliveryId !== id);
    const [batches, event] = await Promise.all([
      readSentBatches(this.db, [...new Set(sent.map(({ deliveryId }) => deliveryId))]),
      prisma.event.findFirst({ where: { id: delivery.eventId, tenantId } }),
    ]);
    return {
      delivery,
      attempts: numbered(attempts, batches),
      event: event && toEventRecord(event),
    };
  }

  /** Sends a delivery by hand, now. Wake its webhook afterwards. */
  async retry(tenantId: string, id: string): Promise<RetryOutcome> {
    return retryDelivery(this.db, tenantId, id);
  }
}

/** Its own, and those of the batches that it was in. */
async function attemptsOf(tx: Prisma.TransactionClient, id: string): Promise<Attempt[]> {
  const batchIds = await batchIdsOf(tx, id);
  return tx.attempt.findMany({
    where: { deliveryId: { in: [id, ...batchIds] } },
    orderBy: [{ number: 'asc' }, { id: 'asc' }],
  });
}

/** Where batches have numbers of their own, the attempts are numbered anew, in the order in which they began. */
function numbered(
  attempts: readonly Attempt[],
  batches: ReadonlyMap<string, SentBatch>,
): AttemptRow[] {
  const rows = attempts.map((attempt) => ({
    ...attempt,
    batch: batches.get(attempt.deliveryId) ?? null,
  }));
  if (batches.size === 0) return rows;
  return rows
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map((attempt, index) => ({ ...attempt, number: index + 1 }));
}

function byId(tenantId: string, id: string): Prisma.Sql {
  return Prisma.sql`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.tenant_id = ${tenantId}::uuid AND d.id = ${id}::uuid`;
}
