import type { OperationKind, OperationStatus, WebhookStatus } from '@schoolbell/delivery';
import type { Database } from '../../database/database.js';
import { readListOnSnapshot, type ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryColumns,
  type DeliveryRow,
  toDeliveryRow,
} from '../deliveries/delivery-fields.js';
import { type DeliveriesOfEvent, deliveriesOfEvents } from '../events/deliveries-of-events.js';
import { type FoundSubject, searchSubjects } from './search-subjects.js';

export type { FoundSubject } from './search-subjects.js';

/** What has ids of our own that people come with. */
export const SEARCHED_KINDS = [
  'event',
  'delivery',
  'attempt',
  'webhook',
  'batch',
  'operation',
] as const;
export type SearchedKind = (typeof SEARCHED_KINDS)[number];

/** Ids to look for. */
export interface SearchIds {
  /** UUIDs. */
  own: Readonly<Partial<Record<SearchedKind, readonly string[]>>>;
  /** Of sessions, packages, dispatches or learners, in full. */
  runtime: readonly string[];
}

export interface FoundEvent {
  id: string;
  type: string;
  occurredAt: Date;
  acceptedAt: Date;
  test: boolean;
  sessionId: string | null;
  packageId: string | null;
  dispatchId: string | null;
  learnerId: string | null;
  deliveries: DeliveriesOfEvent;
}

export interface FoundAttempt {
  id: string;
  /** Of a delivery, or of a batch. */
  deliveryId: string | null;
  batchId: string | null;
  webhookId: string;
  number: number;
  outcome: string;
  at: Date;
  responseStatus: number | null;
  errorCode: string | null;
}

export interface FoundWebhook {
  id: string;
  description: string;
  url: string;
  status: WebhookStatus;
  createdAt: Date;
  deletedAt: Date | null;
}

export interface FoundBatch {
  id: string;
  webhookId: string;
  status: string;
  size: number;
  attemptCount: number;
}

export interface FoundOperation {
  id: string;
  operation: OperationKind;
  status: OperationStatus;
  total: number;
  done: number;
  failed: number;
  createdAt: Date;
}

/** A post that was refused, and had one of the runtime's ids. */
export interface FoundRejection {
  id: string;
  at: Date;
  status: number;
  code: string;
  detail: string;
  type: string | null;
  /** Those of its ids that were looked for. */
  ids: string[];
}

/** What was found, by kind. */
export interface Findings {
  event: FoundEvent[];
  delivery: DeliveryRow[];
  attempt: FoundAttempt[];
  webhook: FoundWebhook[];
  batch: FoundBatch[];
  operation: FoundOperation[];
  subjects: FoundSubject[];
  rejections: FoundRejection[];
}

const MOST_REJECTIONS = 5;

/** Finds whatever has an id, by that id. Nothing here sees another tenant's. */
export class SearchRepository {
  constructor(private readonly db: Pick<Database, 'listPool'>) {}

  /** @throws ListTooSlowError */
  async find(tenantId: string, { own, runtime }: SearchIds): Promise<Findings> {
    return readListOnSnapshot(this.db, tenantId, async (rows) => {
      const byIds = async <Row>(kind: SearchedKind): Promise<Row[]> => {
        const ids = own[kind] ?? [];
        return ids.length === 0 ? [] : rows<Row>(QUERIES[kind](tenantId, ids));
      };
      const deliveries = await byIds<DeliveryColumns>('delivery');
      return {
        event: await withDeliveries(rows, tenantId, await byIds('event')),
        delivery: deliveries.map(toDeliveryRow),
        attempt: await byIds('attempt'),
        webhook: await byIds('webhook'),
        batch: await byIds('batch'),
        operation: await byIds('operation'),
        subjects: await searchSubjects(rows, tenantId, runtime),
        rejections: runtime.length === 0 ? [] : await rows(rejectionsWith(tenantId, runtime)),
      };
    });
  }
}

async function withDeliveries(
  rows: ReadRows,
  tenantId: string,
  events: readonly Omit<FoundEvent, 'deliveries'>[],
): Promise<FoundEvent[]> {
  const deliveries = await deliveriesOfEvents(rows, tenantId, events);
  return events.map((event) => ({ ...event, deliveries: deliveries.get(event.id)! }));
}

const QUERIES: Record<SearchedKind, (tenantId: string, ids: readonly string[]) => Prisma.Sql> = {
  event: (tenantId, ids) => Prisma.sql`
    SELECT id, type, occurred_at AS "occurredAt", accepted_at AS "acceptedAt", test, session_id AS "sessionId",
      package_id AS "packageId", dispatch_id AS "dispatchId", learner_id AS "learnerId"
    FROM events WHERE ${isOneOf(tenantId, ids)}`,
  delivery: (tenantId, ids) => Prisma.sql`
    SELECT ${DELIVERY_COLUMNS} FROM deliveries d JOIN webhooks w ON w.id = d.webhook_id
    WHERE d.id = ANY (${ids}::uuid[]) AND d.tenant_id = ${tenantId}::uuid`,
  attempt: (tenantId, ids) => Prisma.sql`
    SELECT a.id, CASE WHEN b.id IS NULL THEN a.delivery_id END AS "deliveryId", b.id AS "batchId",
      a.webhook_id AS "webhookId", a.number, a.outcome, a.at, a.response_status AS "responseStatus",
      a.error_code AS "errorCode"
    FROM attempts a
    JOIN webhooks w ON w.id = a.webhook_id AND w.tenant_id = ${tenantId}::uuid
    LEFT JOIN batches b ON b.id = a.delivery_id
    WHERE a.id = ANY (${ids}::uuid[])`,
  webhook: (tenantId, ids) => Prisma.sql`
    SELECT id, description, url, status, created_at AS "createdAt", deleted_at AS "deletedAt"
    FROM webhooks WHERE ${isOneOf(tenantId, ids)}`,
  batch: (tenantId, ids) => Prisma.sql`
    SELECT id, webhook_id AS "webhookId", status, size, attempt_count AS "attemptCount"
    FROM batches WHERE ${isOneOf(tenantId, ids)}`,
  operation: (tenantId, ids) => Prisma.sql`
    SELECT id, kind AS operation, status, total, done, failed, created_at AS "createdAt"
    FROM operations WHERE ${isOneOf(tenantId, ids)}`,
};

function isOneOf(tenantId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`id = ANY (${ids}::uuid[]) AND tenant_id = ${tenantId}::uuid`;
}

/** Of each id the newest: those that are the newest of all are among them, with all of their ids. */
function rejectionsWith(tenantId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, r.at, r.status, r.code, r.detail, r.type, found.ids
    FROM (
      SELECT s.rejection_id, array_agg(wanted.id ORDER BY wanted.place) AS ids
      FROM unnest(${ids}::text[]) WITH ORDINALITY AS wanted (id, place) CROSS JOIN LATERAL (
        SELECT rejection_id FROM event_rejection_subjects
        WHERE subject_id = wanted.id AND tenant_id = ${tenantId}::uuid
        ORDER BY rejection_id DESC LIMIT ${MOST_REJECTIONS}
      ) s
      GROUP BY 1 ORDER BY 1 DESC LIMIT ${MOST_REJECTIONS}
    ) found
    JOIN event_rejections r ON r.id = found.rejection_id
    ORDER BY r.id DESC`;
}
