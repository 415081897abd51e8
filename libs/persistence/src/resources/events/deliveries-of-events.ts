import { DELIVERY_STATUSES, type DeliveryStatus } from '@schoolbell/delivery';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryColumns,
  type DeliveryRow,
  SHOWN_STATUS,
  toDeliveryRow,
} from '../deliveries/delivery-row.js';

/** An event can have thousands: so many are counted. */
const MOST_COUNTED = 100;
const MOST_SHOWN = 5;

/** How the deliveries of an event stand. */
export interface DeliveriesOfEvent {
  /** The first few. */
  first: DeliveryRow[];
  /** Of the first {@link MOST_COUNTED}. */
  counts: Record<DeliveryStatus, number>;
  /** Whether there are more than were counted. */
  more: boolean;
}

/** How the deliveries of the events of a page stand. @returns by the events' ids */
export async function deliveriesOfEvents(
  rows: ReadRows,
  tenantId: string,
  events: readonly { id: string }[],
): Promise<Map<string, DeliveriesOfEvent>> {
  const ids = events.map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const counted = await rows<CountColumns>(countsOf(tenantId, ids));
  const shown = await rows<DeliveryColumns>(firstOf(tenantId, ids));
  const byEvent = Map.groupBy(shown, (row) => row.event_id);
  const counts = Map.groupBy(counted, (row) => row.event_id);
  return new Map(
    ids.map((id) => {
      const first = (byEvent.get(id) ?? []).map(toDeliveryRow);
      return [id, { first, ...added(counts.get(id) ?? []) }];
    }),
  );
}

interface CountColumns {
  event_id: string;
  status: DeliveryStatus;
  /** One more than is counted says that there are more. */
  count: number;
}

function added(rows: readonly CountColumns[]): Omit<DeliveriesOfEvent, 'first'> {
  const counts = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, 0])) as Record<
    DeliveryStatus,
    number
  >;
  let total = 0;
  for (const { status, count } of rows) {
    counts[status] = count;
    total += count;
  }
  return { counts, more: total >= MOST_COUNTED };
}

function countsOf(tenantId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT d.event_id, ${SHOWN_STATUS} AS status, count(*) AS count
    FROM ${someOfEach(tenantId, ids, MOST_COUNTED)} JOIN webhooks w ON w.id = d.webhook_id
    GROUP BY 1, 2`;
}

function firstOf(tenantId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT ${DELIVERY_COLUMNS}
    FROM ${someOfEach(tenantId, ids, MOST_SHOWN)} JOIN webhooks w ON w.id = d.webhook_id
    ORDER BY d.id`;
}

/** So many deliveries `d` of each event. */
function someOfEach(tenantId: string, ids: readonly string[], most: number): Prisma.Sql {
  return Prisma.sql`
    unnest(${ids}::uuid[]) AS e (id) CROSS JOIN LATERAL (
      SELECT * FROM deliveries d WHERE d.event_id = e.id AND d.tenant_id = ${tenantId}::uuid LIMIT ${most}
    ) d`;
}
