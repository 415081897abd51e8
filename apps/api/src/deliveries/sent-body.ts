import { toTypeId } from '@schoolbell/delivery';
import { formatNamed } from '@schoolbell/formats';
import type { DeliveryHistory } from '@schoolbell/persistence';
import { storedData } from '../events/stored-data.js';

/**
 * The body that an attempt sent, rendered again: formats are pure functions, so these are the same bytes.
 *
 * @param format of the attempt, which the webhook may have changed since
 * @returns null when the event was pruned or is damaged, or the format is one that this version does not have
 */
export function sentBody(
  format: string,
  { delivery, event, tenant }: Pick<DeliveryHistory, 'delivery' | 'event' | 'tenant'>,
): string | null {
  if (!event || storedData(event) === null) return null;
  const body = formatNamed(format)?.body({
    eventId: toTypeId('event', event.id),
    deliveryId: toTypeId('delivery', delivery.id),
    event,
    webhook: {
      id: delivery.webhookId,
      tenantId: delivery.tenantId,
      tenantIri: tenant.iri,
      tenantDomain: tenant.domain,
    },
  });
  return body ?? null;
}
