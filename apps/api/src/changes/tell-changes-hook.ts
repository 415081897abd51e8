import type { DeliveryChanges } from '@schoolbell/delivery';
import type { onResponseHookHandler } from 'fastify';

/**
 * Tells whose webhooks, deliveries or operations a request has just changed, whichever operation it was. Posts of
 * events tell of what they made themselves: this is not for the hot path.
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
