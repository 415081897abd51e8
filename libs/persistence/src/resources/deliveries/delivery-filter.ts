import type { DeliveryStatus, TimeRange } from '@schoolbell/delivery';
import { Prisma } from '../../generated/client.js';
import { deliveriesOf } from '../../database/deliveries-of.js';
import { inTimeRange } from '../../database/id-range.js';
import {
  FILTER_COLUMNS,
  FILTER_FIELDS,
  type FilterFields,
  SHOWN_STATUS,
} from './delivery-fields.js';

type FilterValues = {
  [Field in keyof FilterFields]?: NonNullable<FilterFields[Field]> | undefined;
};

/** Which dead letters; a dead letter must meet all conditions. */
export interface DeadLetterSelection extends TimeRange, FilterValues {
  webhookId?: string | undefined;
  /** Each id counts, even if it is not a dead letter of the tenant. */
  deliveryIds?: readonly string[] | undefined;
}

/** Which deliveries of a tenant; a delivery must meet all conditions. `from` and `to` are of `createdAt`. */
export interface DeliveryFilter extends TimeRange, FilterValues {
  webhookId?: string | undefined;
  eventId?: string | undefined;
  deliveryId?: string | undefined;
  /** Any of these. */
  deliveryIds?: readonly string[] | undefined;
  status?: DeliveryStatus | undefined;
  /** A session, package or learner id of the event, in full. */
  subjectId?: string | undefined;
  /** Only what is in the dead-letter queue; a failed test is dead but not in the queue. */
  deadLetters?: boolean | undefined;
}

const ID = Prisma.sql`d.id`;
const CREATED_AT = Prisma.sql`d.created_at`;

/**
 * Whoever makes a delivery wait again, or discards it, takes the time of its death away. To name the status as well
 * would have the planner expect the share of the dead among the dead, which is few, and put all of them in order.
 */
const IS_DEAD_LETTER = Prisma.sql`d.dead_at IS NOT NULL`;

/** The conditions on a delivery `d` and its webhook `w` that need no look elsewhere. */
export function conditionsOf(tenantId: string, filter: DeliveryFilter): Prisma.Sql[] {
  return [...scopeOf(tenantId, filter), ...detailsOf(filter)];
}

/** Those conditions on a delivery `d` by which an index has deliveries together, in the order of their ids. */
export function scopeOf(tenantId: string, filter: DeliveryFilter): Prisma.Sql[] {
  return [
    Prisma.sql`d.tenant_id = ${tenantId}::uuid`,
    ...given(filter.webhookId, (id) => Prisma.sql`d.webhook_id = ${id}::uuid`),
    ...(filter.deadLetters ? [IS_DEAD_LETTER] : []),
    ...inTimeRange(ID, CREATED_AT, filter),
  ];
}

/** The other conditions, which are checked delivery by delivery unless {@link namesFew}. */
export function detailsOf(filter: DeliveryFilter): Prisma.Sql[] {
  const { eventId, deliveryId, deliveryIds, status } = filter;
  return [
    ...given(eventId, (id) => Prisma.sql`d.event_id = ${id}::uuid`),
    ...given(deliveryId, (id) => Prisma.sql`d.id = ${id}::uuid`),
    ...given(deliveryIds, (ids) => Prisma.sql`d.id = ANY (${ids}::uuid[])`),
    ...given(status, conditionOfStatus),
    ...FILTER_FIELDS.flatMap((field) =>
      given(filter[field], (value) => Prisma.sql`${Prisma.raw(FILTER_COLUMNS[field])} = ${value}`),
    ),
  ];
}

/** Whether an index finds the few deliveries that the filter can be about. */
export function namesFew({ eventId, deliveryId, deliveryIds }: DeliveryFilter): boolean {
  return (eventId ?? deliveryId ?? deliveryIds) !== undefined;
}

/** `deliveries`, or few of them: those of an event, or what two small indexes find when only dead ones are wanted. */
export function sourceOf(tenantId: string, filter: DeliveryFilter): Prisma.Sql {
  if (filter.eventId !== undefined) return deliveriesOf(Prisma.sql`${filter.eventId}::uuid`);
  if (filter.status !== 'dead' || filter.deadLetters) return Prisma.sql`deliveries`;
  return Prisma.sql`(
    SELECT * FROM deliveries WHERE tenant_id = ${tenantId}::uuid AND dead_at IS NOT NULL
    UNION ALL
    SELECT * FROM deliveries WHERE tenant_id = ${tenantId}::uuid AND dead_at IS NULL AND test)`;
}

function conditionOfStatus(status: DeliveryStatus): Prisma.Sql {
  switch (status) {
    case 'pending':
    case 'held':
      return Prisma.sql`d.status = 'waiting' AND ${SHOWN_STATUS} = ${status}`;
    case 'discarded':
      return Prisma.sql`${SHOWN_STATUS} = 'discarded'`;
    case 'delivered':
    case 'dead':
      return Prisma.sql`d.status = ${status}`;
  }
}

function given<T>(value: T | undefined, condition: (value: T) => Prisma.Sql): Prisma.Sql[] {
  return value === undefined ? [] : [condition(value)];
}
