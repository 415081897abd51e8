import type { DeliveryChanges } from '@schoolbell/delivery';
import type { onResponseHookHandler } from 'fastify';

/**
 * Announces whose webhooks, deliveries or operations a request has just changed, whatever the operation. Posted events
 * announce their deliveries themselves: this hook is not for the hot path.
 */
export function tellChangesHook(changes: DeliveryChanges): onResponseHookHandler {
  return (request, reply, done) => {
    if (request.method !== 'GET' && request.tenantId !== null && reply.statusCode < 300) {
      const { access } = request.routeOptions.config;
      const postsEvents = access && !access.public && access.permission === 'events:write';
      if (!postsEvents) changes.touched(request.tenantId);
    }
    done();
  };
}
