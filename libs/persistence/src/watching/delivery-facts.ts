import type { DeliveryStatus } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';
import { SHOWN_STATUS } from '../resources/deliveries/delivery-row.js';

/** What of a delivery decides who is told of it, and how it is counted. Ids are UUIDs. */
export interface DeliveryFacts {
  id: string;
  eventId: string;
  eventType: string;
  webhookId: string;
  status: DeliveryStatus;
  attemptCount: number;
  /** Of the last attempt. */
  responseStatus: number | null;
  /** Of the last attempt. */
  errorCode: string | null;
  /** Unix milliseconds: of very many rows, dates take longer to read than all else. */
  createdAt: number;
  updatedAt: number;
}

/** {@link DeliveryFacts} of a delivery `d` and its webhook `w`. */
export const FACTS = Prisma.sql`
  d.id, d.event_id AS "eventId", d.event_type AS "eventType", d.webhook_id AS "webhookId",
  ${SHOWN_STATUS} AS status, d.attempt_count AS "attemptCount", d.last_response_status AS "responseStatus",
  d.last_error_code AS "errorCode",
  (date_part('epoch', d.created_at) * 1000)::bigint AS "createdAt",
  (date_part('epoch', d.updated_at) * 1000)::bigint AS "updatedAt"`;
