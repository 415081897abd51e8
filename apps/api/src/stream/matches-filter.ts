import type { DeliveryFilter } from '@schoolbell/delivery';
import type { DeliveryFacts } from '@schoolbell/persistence';

/** Which events are about a subject, by its id. */
export type EventsAbout = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether a list with this filter would show the delivery as it is now. */
export function matchesFilter(
  facts: DeliveryFacts,
  filter: DeliveryFilter,
  about: EventsAbout,
): boolean {
  const { from, to, subjectId } = filter;
  return (
    is(filter.webhookId, facts.webhookId) &&
    is(filter.eventId, facts.eventId) &&
    is(filter.deliveryId, facts.id) &&
    is(filter.status, facts.status) &&
    is(filter.eventType, facts.eventType) &&
    is(filter.responseStatus, facts.responseStatus) &&
    is(filter.errorCode, facts.errorCode) &&
    (from === undefined || facts.createdAt >= from.getTime()) &&
    (to === undefined || facts.createdAt < to.getTime()) &&
    (subjectId === undefined || about.get(subjectId)?.has(facts.eventId) === true)
  );
}

function is<Value>(wanted: Value | undefined, value: Value | null): boolean {
  return wanted === undefined || wanted === value;
}
