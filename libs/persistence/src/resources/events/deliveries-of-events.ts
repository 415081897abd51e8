import { DELIVERY_STATUSES, type DeliveryStatus } from '@schoolbell/delivery';
import { deliveriesOf } from '../../database/deliveries-of.js';
import type { ReadRows } from '../../database/read-list.js';
import { Prisma } from '../../generated/client.js';
import {
  DELIVERY_COLUMNS,
  type DeliveryColumns,
  type DeliveryRow,
  SHOWN_STATUS,
  toDeliveryRow,
} from '../deliveries/delivery-fields.js';

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
  const found = await rows<FoundColumns>(foundFor(tenantId, ids));
  const byEvent = Map.groupBy(found, (row) => row.eventId);
  return new Map(ids.map((id) => [id, standOf(byEvent.get(id) ?? [])]));
}

/** Each of the first few deliveries comes with the counts of its event. */
type FoundColumns = DeliveryColumns & {
  counts: Partial<Record<DeliveryStatus, number>>;
};

function standOf(found: readonly FoundColumns[]): DeliveriesOfEvent {
  const none = Object.fromEntries(DELIVERY_STATUSES.map((status) => [status, 0]));
  const counts = { ...none, ...found[0]?.counts } as DeliveriesOfEvent['counts'];
  const total = DELIVERY_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const first = found.map(({ counts: _counts, ...delivery }) => toDeliveryRow(delivery));
  return { first, counts, more: total >= MOST_COUNTED };
}

/** Their webhooks are joined to all of them at once: within each event, the planner would read every webhook again. */
function foundFor(tenantId: string, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT d.*, row_number() OVER (PARTITION BY d.event_id ORDER BY d.id) AS place
      FROM unnest(${ids}::uuid[]) AS e (id) CROSS JOIN LATERAL (
        SELECT * FROM ${deliveriesOf(Prisma.sql`e.id`)} d WHERE d.tenant_id = ${tenantId}::uuid
        LIMIT ${MOST_COUNTED}
      ) d
    ),
    counted AS (
      SELECT event_id, json_object_agg(status, count) AS counts
      FROM (
        SELECT d.event_id, ${SHOWN_STATUS} AS status, count(*) AS count
        FROM found d JOIN webhooks w ON w.id = d.webhook_id AND w.tenant_id = ${tenantId}::uuid
        GROUP BY 1, 2
      ) of_a_status
      GROUP BY event_id
    )
    SELECT c.counts, ${DELIVERY_COLUMNS}
    FROM found d JOIN webhooks w ON w.id = d.webhook_id AND w.tenant_id = ${tenantId}::uuid
    JOIN counted c ON c.event_id = d.event_id
    WHERE d.place <= ${MOST_SHOWN}
    ORDER BY d.id`;
}
