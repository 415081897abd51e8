import type { ReadRows } from '../../database/read-transaction.js';
import { subjectsOfEvents } from '../events/subjects-of-events.js';
import type { DeliveryRow } from './delivery-fields.js';

/** What of a delivery is read only for those who ask for it. */
export interface DeliveryExpansion {
  /** What its event is about. */
  event?: boolean;
}

/** The same deliveries with what was asked for besides: one query, by the ids of their events. */
export async function expanded(
  rows: ReadRows,
  tenantId: string,
  deliveries: readonly DeliveryRow[],
  { event }: DeliveryExpansion = {},
): Promise<DeliveryRow[]> {
  if (!event) return [...deliveries];
  const ids = deliveries.map(({ eventId }) => eventId);
  const subjects = await subjectsOfEvents(rows, tenantId, ids);
  return deliveries.map((row) => ({ ...row, event: subjects.get(row.eventId) ?? null }));
}
