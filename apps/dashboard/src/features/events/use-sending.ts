import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deliverEventMutation, retryDeliveryMutation } from '@schoolbell/api-client/queries';

/** Operations whose answers show the state of events and deliveries. */
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

/** Repeats every query that shows the state of events and deliveries. */
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

/** Retries a delivery at once. The outcome appears where the delivery is shown. */
export function useRetrying() {
  const askAnew = useAskingAnew();
  return useMutation({ ...retryDeliveryMutation(), onSettled: askAnew });
}

/** Sends an event to a webhook that has no delivery of it. */
export function useDelivering() {
  const askAnew = useAskingAnew();
  return useMutation({ ...deliverEventMutation(), onSettled: askAnew });
}
