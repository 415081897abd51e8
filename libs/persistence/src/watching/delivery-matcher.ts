import { FILTER_FIELDS } from '../resources/deliveries/delivery-fields.js';
import type { DeliveryFilter } from '../resources/deliveries/delivery-filter.js';
import type { DeliveryFacts } from './delivery-facts.js';

/** Which events are about a subject, by its id. */
export type EventsAbout = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Says whether a list with this filter would show a delivery as it is now. One look at a tenant asks about thousands of
 * deliveries: fields that the filter leaves open cost nothing.
 */
export function deliveryMatcher(
  filter: DeliveryFilter,
  about: EventsAbout,
): (facts: DeliveryFacts) => boolean {
  const { deliveryId, from, to, subjectId } = filter;
  const asked = (['webhookId', 'eventId', 'status', ...FILTER_FIELDS] as const).filter(
    (field) => filter[field] !== undefined,
  );
  return (facts) => {
    for (const field of asked) if (facts[field] !== filter[field]) return false;
    return (
      (deliveryId === undefined || facts.id === deliveryId) &&
      (from === undefined || facts.createdAt >= from.getTime()) &&
      (to === undefined || facts.createdAt < to.getTime()) &&
      (subjectId === undefined || about.get(subjectId)?.has(facts.eventId) === true)
    );
  };
}
