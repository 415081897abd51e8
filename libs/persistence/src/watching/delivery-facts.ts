import type { DeliveryStatus } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';
import { SHOWN_STATUS } from '../resources/deliveries/delivery-row.js';

/** What of a delivery decides who is told of it, and how it is counted. Ids are UUIDs. */
export interface DeliveryFacts extends SharedFacts {
  id: string;
  eventId: string;
  /** Unix milliseconds: of very many rows, dates take longer to read than all else. */
  createdAt: number;
  updatedAt: number;
}

/** What many deliveries have in common. */
interface SharedFacts {
  eventType: string;
  webhookId: string;
  status: DeliveryStatus;
  /** Of the last attempt. */
  responseStatus: number | null;
  /** Of the last attempt. */
  errorCode: string | null;
}

/** Deliveries that share their facts. Thousands change in a second: as rows, their texts would take all that memory. */
export interface AlikeDeliveries extends SharedFacts {
  /** Of each its two ids and its two times, all of the same width. */
  packed: string;
}

const UUID_WIDTH = 36;
/** Of Unix milliseconds, from 2001 to 2286. */
const TIME_WIDTH = 13;
const WIDTH = 2 * UUID_WIDTH + 2 * TIME_WIDTH;

const packedTime = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(date_part('epoch', ${column}) * 1000)::bigint::text`;

/**
 * {@link AlikeDeliveries}.
 *
 * @param chosen the rest of a query of deliveries `d` and their webhooks `w`, from its `FROM` on
 */
export function alikeDeliveries(chosen: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT "eventType", "webhookId", status, "responseStatus", "errorCode", string_agg(packed, '') AS packed
    FROM (
      SELECT d.event_type AS "eventType", d.webhook_id AS "webhookId", ${SHOWN_STATUS} AS status,
        d.last_response_status AS "responseStatus", d.last_error_code AS "errorCode",
        d.id::text || d.event_id || ${packedTime(Prisma.sql`d.created_at`)}
          || ${packedTime(Prisma.sql`d.updated_at`)} AS packed
      ${chosen}) f
    GROUP BY 1, 2, 3, 4, 5`;
}

export function unpackFacts(alike: readonly AlikeDeliveries[]): DeliveryFacts[] {
  return alike.flatMap(({ packed, eventType, webhookId, status, responseStatus, errorCode }) =>
    Array.from({ length: packed.length / WIDTH }, (_, index) => {
      const eventAt = index * WIDTH + UUID_WIDTH;
      const createdAt = eventAt + UUID_WIDTH;
      const updatedAt = createdAt + TIME_WIDTH;
      return {
        id: packed.slice(index * WIDTH, eventAt),
        eventId: packed.slice(eventAt, createdAt),
        createdAt: Number(packed.slice(createdAt, updatedAt)),
        updatedAt: Number(packed.slice(updatedAt, updatedAt + TIME_WIDTH)),
        eventType,
        webhookId,
        status,
        responseStatus,
        errorCode,
      };
    }),
  );
}
