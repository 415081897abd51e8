import type { DeadLetterGrouping, EventRecord } from '@schoolbell/delivery';
import type { Author } from '@schoolbell/identity';
import type { Database } from '../../database/database.js';
import { deliveriesOf } from '../../database/deliveries-of.js';
import type { ListPart, PageRequest } from '../../database/page-request.js';
import { readAsTenant } from '../../database/read-as-tenant.js';
import type { ReadRows } from '../../database/read-transaction.js';
import { Prisma } from '../../generated/client.js';
import { findEvent } from '../events/find-event.js';
import { attemptsOf, type AttemptRow } from './attempts-of.js';
import { deliverEvent, type DeliverOutcome, type EventToDeliver } from './deliver-event.js';
import type { DeliveryFilter } from './delivery-filter.js';
import {
  DELIVERY_COLUMNS,
  toDeliveryRow,
  type DeliveryColumns,
  type DeliveryRow,
} from './delivery-fields.js';
import { type DeliveryExpansion, expanded } from './expanded-deliveries.js';
import { groupDeadLetters, type DeadLetterGroups } from './group-dead-letters.js';
import { listDeliveries } from './list-deliveries.js';
import { retryDelivery, type RetryOutcome } from './retry-delivery.js';

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
    expansion?: DeliveryExpansion,
  ): Promise<ListPart<DeliveryRow>> {
    return listDeliveries(this.db, tenantId, filter, page, expansion);
  }

  /** The largest group first. @throws ListTooSlowError */
  async groupDeadLetters(
    tenantId: string,
    filter: DeliveryFilter,
    by: readonly DeadLetterGrouping[],
  ): Promise<DeadLetterGroups> {
    return groupDeadLetters(this.db, tenantId, filter, by);
  }

  /** Every delivery of one event, oldest first: as many as webhooks wanted it. */
  async ofEvent(tenantId: string, eventId: string): Promise<DeliveryRow[]> {
    const query = Prisma.sql`
      SELECT ${DELIVERY_COLUMNS}
      FROM ${deliveriesOf(Prisma.sql`${eventId}::uuid`)} d JOIN webhooks w ON w.id = d.webhook_id
      WHERE d.tenant_id = ${tenantId}::uuid ORDER BY d.id`;
    const found = await readAsTenant(this.db, tenantId, (rows) => rows<DeliveryColumns>(query));
    return found.map(toDeliveryRow);
  }

  async find(tenantId: string, id: string): Promise<DeliveryRow | undefined> {
    return readAsTenant(this.db, tenantId, (rows) => findDelivery(rows, tenantId, id));
  }

  async history(
    tenantId: string,
    id: string,
    expansion?: DeliveryExpansion,
  ): Promise<DeliveryHistory | undefined> {
    // As of one moment: an attempt may just be ending.
    return readAsTenant(this.db, tenantId, async (rows) => {
      const found = await findDelivery(rows, tenantId, id);
      if (!found) return undefined;
      const [delivery] = await expanded(rows, tenantId, [found], expansion);
      const attempts = await attemptsOf(rows, tenantId, id);
      const event = await findEvent(rows, tenantId, found.eventId);
      return { delivery: delivery!, attempts, event: event ?? null };
    });
  }

  /** Sends a delivery by hand, now. Wake its webhook afterwards. */
  async retry(tenantId: string, id: string, author: Author): Promise<RetryOutcome> {
    return retryDelivery(this.db, tenantId, id, author);
  }

  /** Has a webhook get an event that it has no delivery of. Wake the webhook afterwards. */
  async deliver(tenantId: string, wanted: EventToDeliver, author: Author): Promise<DeliverOutcome> {
    return deliverEvent(this.db, tenantId, wanted, author);
  }
}

async function findDelivery(
  rows: ReadRows,
  tenantId: string,
  id: string,
): Promise<DeliveryRow | undefined> {
  const [columns] = await rows<DeliveryColumns>(Prisma.sql`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.tenant_id = ${tenantId}::uuid AND d.id = ${id}::uuid`);
  return columns && toDeliveryRow(columns);
}
