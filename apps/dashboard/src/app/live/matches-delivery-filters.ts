import type { DeliveryDocument } from '@schoolbell/api-client';

/** The filters of a list of deliveries, as they stand in an address. */
export type DeliveryFilters = Partial<
  Record<
    | 'status'
    | 'webhookId'
    | 'type'
    | 'responseStatus'
    | 'errorCode'
    | 'eventId'
    | 'q'
    | 'from'
    | 'to',
    string | number | undefined
  >
>;

/** Whether a list with these filters would show the row as it is now. Give it rows that have `event`. */
export function matchesDeliveryFilters(row: DeliveryDocument, filters: DeliveryFilters): boolean {
  const created = Date.parse(row.createdAt);
  const { q, from, to } = filters;
  return (
    is(filters.status, row.status) &&
    is(filters.webhookId, row.webhookId) &&
    is(filters.type, row.eventType) &&
    is(filters.eventId, row.eventId) &&
    is(filters.responseStatus, row.lastAttempt?.responseStatus) &&
    is(filters.errorCode, row.lastAttempt?.errorCode) &&
    (!from || created >= Date.parse(String(from))) &&
    (!to || created < Date.parse(String(to))) &&
    (!q || idsOf(row).includes(String(q)))
  );
}

function is(wanted: string | number | undefined, value: string | number | null | undefined) {
  return wanted === undefined || wanted === '' || String(wanted) === String(value ?? '');
}

function idsOf({ id, eventId, event }: DeliveryDocument): (string | null | undefined)[] {
  return [id, eventId, event?.sessionId, event?.packageId, event?.learnerId];
}
