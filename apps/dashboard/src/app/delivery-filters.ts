import type { DeliveryDocument } from '@schoolbell/api-client';

type Value = string | number | boolean | null | undefined;

/** Filters that compare one value of a delivery, by their names in the address and in the API. */
const VALUES = {
  status: (row) => row.status,
  webhookId: (row) => row.webhookId,
  type: (row) => row.eventType,
  responseStatus: (row) => row.lastAttempt?.responseStatus,
  errorCode: (row) => row.lastAttempt?.errorCode,
  eventId: (row) => row.eventId,
} satisfies Record<string, (row: DeliveryDocument) => Value>;

type ValueFilter = keyof typeof VALUES;
const VALUE_FILTERS = Object.keys(VALUES) as ValueFilter[];

export type DeliveryFilter = ValueFilter | 'q' | 'from' | 'to';

/** The filters of a list of deliveries. */
export const DELIVERY_FILTERS: readonly DeliveryFilter[] = [...VALUE_FILTERS, 'q', 'from', 'to'];

/** Whether a list with these filters would show the row as it is now. Give it rows that have `event`. */
export function matchesDeliveryFilters(
  row: DeliveryDocument,
  filters: Partial<Record<DeliveryFilter, Value>>,
): boolean {
  const created = Date.parse(row.createdAt);
  const { q, from, to } = filters;
  return (
    VALUE_FILTERS.every((name) => is(filters[name], VALUES[name](row))) &&
    (!from || created >= Date.parse(String(from))) &&
    (!to || created < Date.parse(String(to))) &&
    (!q || idsOf(row).includes(String(q)))
  );
}

function is(wanted: Value, value: Value): boolean {
  return wanted === undefined || wanted === '' || String(wanted) === String(value ?? '');
}

function idsOf({ id, eventId, event }: DeliveryDocument): (string | null | undefined)[] {
  return [id, eventId, event?.sessionId, event?.packageId, event?.learnerId];
}
