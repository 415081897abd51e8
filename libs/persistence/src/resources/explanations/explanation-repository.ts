import type { FannedOutEvent, Listening, PauseReason, WebhookStatus } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { deliveriesOf } from '../../database/deliveries-of.js';
import type { PageRequest } from '../../database/page-request.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryColumns,
  type DeliveryRow,
  toDeliveryRow,
} from '../deliveries/delivery-fields.js';

/** An event with what decides where it goes. */
export interface ExplainedEvent extends FannedOutEvent {
  id: string;
  tenantId: string;
  occurredAt: Date;
  acceptedAt: Date;
  payload: string;
  /** Null unless its learner was forgotten: nothing of what it said is left. */
  erasedAt: Date | null;
  /** The event of a test of one webhook. */
  test: boolean;
  /** It is emitted by Schoolbell itself, and has not gone to all of its webhooks yet. */
  isFanningOut: boolean;
}

/** A webhook as it is set today, as far as it decides what it gets. */
export interface ExplainedWebhook extends Listening {
  id: string;
  description: string;
  url: string;
  format: string;
  filter: string | null;
  status: WebhookStatus;
  pauseReason: PauseReason | null;
  pausedAt: Date | null;
  createdAt: Date;
  /** Since when it wants what it wants, or is deleted. */
  since: Date;
  /** The newest delivery of the event to it; null for none. */
  delivery: DeliveryRow | null;
}

export interface Explanation {
  event: ExplainedEvent;
  /** Newest first. */
  webhooks: ExplainedWebhook[];
}

type WebhookColumns = Omit<ExplainedWebhook, 'delivery'>;

/** Reads what an event met at each webhook. Nothing here sees another tenant's. */
export class ExplanationRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /**
   * A page of the tenant's webhooks; deleted ones are among them only if they got the event.
   *
   * @returns undefined when there is no such event
   * @throws ListTooSlowError
   */
  async read(
    tenantId: string,
    eventId: string,
    page: PageRequest,
  ): Promise<Explanation | undefined> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      const [event] = await rows<ExplainedEvent>(eventWith(tenantId, eventId));
      if (!event) return undefined;
      const webhooks = await rows<WebhookColumns>(webhooksOf(tenantId, eventId, page));
      const deliveries = await newestDeliveries(rows, tenantId, eventId, webhooks);
      return {
        event,
        webhooks: webhooks.map((webhook) => ({
          ...webhook,
          delivery: deliveries.get(webhook.id) ?? null,
        })),
      };
    });
  }
}

function eventWith(tenantId: string, id: string): Prisma.Sql {
  return Prisma.sql`
    SELECT e.id, e.tenant_id AS "tenantId", e.type, e.occurred_at AS "occurredAt", e.accepted_at AS "acceptedAt",
      e.payload, e.erased_at AS "erasedAt", e.test, e.package_id AS "packageId", e.dispatch_id AS "dispatchId",
      EXISTS (SELECT FROM fan_outs f WHERE f.event_id = e.id) AS "isFanningOut"
    FROM events e WHERE e.id = ${id}::uuid AND e.tenant_id = ${tenantId}::uuid`;
}

/** Of those that are deleted by now, only what got the event. */
function webhooksOf(tenantId: string, eventId: string, { before, limit }: PageRequest): Prisma.Sql {
  const older = before ? Prisma.sql`AND w.id < ${before}::uuid` : Prisma.empty;
  return Prisma.sql`
    SELECT w.id, w.description, w.url, w.format, w.filter, w.status, w.event_types AS "eventTypes",
      w.package_ids AS "packageIds", w.dispatch_ids AS "dispatchIds", w.pause_reason AS "pauseReason",
      w.paused_at AS "pausedAt", w.created_at AS "createdAt", w.deleted_at AS "deletedAt",
      coalesce(w.deleted_at, w.wants_since, w.updated_at) AS since
    FROM (
      (SELECT * FROM webhooks w WHERE w.tenant_id = ${tenantId}::uuid AND w.deleted_at IS NULL ${older}
       ORDER BY w.id DESC LIMIT ${limit})
      UNION ALL
      (SELECT * FROM webhooks w WHERE w.deleted_at IS NOT NULL ${older} AND w.id IN (
         SELECT d.webhook_id FROM ${deliveriesOf(Prisma.sql`${eventId}::uuid`)} d WHERE d.tenant_id = ${tenantId}::uuid)
       ORDER BY w.id DESC LIMIT ${limit})
    ) w
    ORDER BY w.id DESC LIMIT ${limit}`;
}

async function newestDeliveries(
  rows: ReadRows,
  tenantId: string,
  eventId: string,
  webhooks: readonly { id: string }[],
): Promise<Map<string, DeliveryRow>> {
  const ids = webhooks.map(({ id }) => id);
  const found = await rows<DeliveryColumns>(Prisma.sql`
    SELECT ${DELIVERY_COLUMNS}
    FROM ${deliveriesOf(Prisma.sql`${eventId}::uuid`)} d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.tenant_id = ${tenantId}::uuid AND d.webhook_id = ANY (${ids}::uuid[])
    ORDER BY d.id`);
  return new Map(found.map((columns) => [columns.webhookId, toDeliveryRow(columns)]));
}
