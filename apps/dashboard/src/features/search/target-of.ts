import type { SearchHitDocument as Hit } from '@schoolbell/api-client';
import type { LinkProps } from '@tanstack/react-router';

/** Where a link goes. */
type Target = Pick<LinkProps, 'to' | 'params' | 'search'>;

/** The page that shows a hit; undefined where the list of hits says everything. */
export function targetOf(hit: Hit): Target | undefined {
  const { id, deliveryId, webhookId, operation } = hit;
  switch (hit.kind) {
    case 'event':
      return { to: '/events/$eventId', params: { eventId: id } };
    case 'delivery':
      return { to: '/deliveries', search: { open: id } };
    case 'attempt':
      return deliveryId === undefined
        ? ofWebhook(webhookId)
        : { to: '/deliveries', search: { open: deliveryId } };
    case 'batch':
      return ofWebhook(webhookId);
    case 'webhook':
      return { to: '/webhooks/$webhookId', params: { webhookId: id } };
    case 'operation':
      return operation === 'retry' || operation === 'discard'
        ? { to: '/dead-letters', search: { operation: id } }
        : undefined;
    case 'event_rejection':
      return { to: '/events/refused', search: { open: id } };
    default:
      return { to: '/story', search: { [`${hit.kind}Id`]: id } };
  }
}

/** Batches have no page: their deliveries are among the webhook's. */
function ofWebhook(webhookId: string | undefined): Target | undefined {
  return webhookId === undefined ? undefined : { to: '/deliveries', search: { webhookId } };
}
