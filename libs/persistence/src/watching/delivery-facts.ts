import type { DeliveryStatus } from '@schoolbell/delivery';
import { Prisma } from '../generated/client.js';
import {
  FILTER_COLUMNS,
  FILTER_FIELDS,
  type FilterFields,
  SHOWN_STATUS,
} from '../resources/deliveries/delivery-fields.js';

/** What of a delivery decides who is told of it, and how it is counted. Ids are UUIDs. */
export interface DeliveryFacts extends SharedFacts {
  id: string;
  eventId: string;
  /** Unix milliseconds: of very many rows, dates take longer to read than all else. */
  createdAt: number;
  updatedAt: number;
}

/** What many deliveries have in common. */
interface SharedFacts extends FilterFields {
  webhookId: string;
  status: DeliveryStatus;
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

/** The {@link FilterFields} of a delivery `d`, and their names. */
const FILTERED = Prisma.raw(
  FILTER_FIELDS.map((field) => `${FILTER_COLUMNS[field]} AS "${field}"`).join(', '),
);
const FILTER_NAMES = Prisma.raw(FILTER_FIELDS.map((field) => `"${field}"`).join(', '));

/**
 * {@link AlikeDeliveries}.
 *
 * @param chosen the rest of a query of deliveries `d` and their webhooks `w`, from its `FROM` on
 */
export function alikeDeliveries(chosen: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT ${FILTER_NAMES}, "webhookId", status, string_agg(packed, '') AS packed
    FROM (
      SELECT ${FILTERED}, d.webhook_id AS "webhookId", ${SHOWN_STATUS} AS status,
        d.id::text || d.event_id || ${packedTime(Prisma.sql`d.created_at`)}
          || ${packedTime(Prisma.sql`d.updated_at`)} AS packed
      ${chosen}) f
    GROUP BY ${FILTER_NAMES}, "webhookId", status`;
}

export function unpackFacts(alike: readonly AlikeDeliveries[]): DeliveryFacts[] {
  return alike.flatMap(({ packed, ...shared }) =>
    Array.from({ length: packed.length / WIDTH }, (_, index) => {
      const eventAt = index * WIDTH + UUID_WIDTH;
      const createdAt = eventAt + UUID_WIDTH;
      const updatedAt = createdAt + TIME_WIDTH;
      return {
        id: packed.slice(index * WIDTH, eventAt),
        eventId: packed.slice(eventAt, createdAt),
        createdAt: Number(packed.slice(createdAt, updatedAt)),
        updatedAt: Number(packed.slice(updatedAt, updatedAt + TIME_WIDTH)),
        // Spread last: spread first, V8 makes each object a dictionary, at ten times the cost.
        ...shared,
      };
    }),
  );
}
