import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deliverEventMutation, retryDeliveryMutation } from '@schoolbell/api-client/queries';

/** What shows how events and deliveries stand, by the operations that it is read with. */
const SHOWS_STANDING = new Set([
  'explainEvent',
  'getEvent',
  'listEvents',
  'listDeliveries',
  'getDelivery',
  'listDeadLetters',
  'listDeadLetterGroups',
  'search',
]);

/** Has all that shows how events and deliveries stand asked for anew. */
export function useAskingAnew() {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({
      predicate: ({ queryKey: [key] }) =>
        typeof key === 'object' &&
        key !== null &&
        '_id' in key &&
        SHOWS_STANDING.has(String(key._id)),
    });
}

/** Sends a delivery again, now. What comes of it shows where the delivery stands. */
export function useRetrying() {
  const askAnew = useAskingAnew();
  return useMutation({ ...retryDeliveryMutation(), onSettled: askAnew });
}

/** Sends an event to a webhook that has no delivery of it. */
export function useDelivering() {
  const askAnew = useAskingAnew();
  return useMutation({ ...deliverEventMutation(), onSettled: askAnew });
}
