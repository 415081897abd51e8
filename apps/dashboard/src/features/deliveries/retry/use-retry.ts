import { useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { type DeliveryDocument, retryDelivery } from '@schoolbell/api-client';
import { deliveryQuery, followDelivery } from './follow-delivery.ts';
import { patchLists } from './patch-lists.ts';

type Retried = Pick<DeliveryDocument, 'id' | 'attemptCount'>;

const RETRY = ['retryDelivery'];

/**
 * Retries a delivery without leaving the page: `queued` says that the API took it, and the outcome appears in the
 * delivery when its attempt has ended.
 */
export function useRetry({ onQueued }: { onQueued?: (delivery: DeliveryDocument) => void } = {}) {
  const client = useQueryClient();
  return useMutation({
    mutationKey: RETRY,
    mutationFn: ({ id }: Retried) => retryDelivery({ path: { id } }),
    onSuccess: (delivery, { attemptCount }) => {
      patchLists(client, [delivery]);
      client.setQueryData(
        deliveryQuery(delivery.id).queryKey,
        (old) => old && { ...old, ...delivery, event: old.event },
      );
      void followDelivery(client, delivery.id, attemptCount);
      onQueued?.(delivery);
    },
  });
}

/**
 * How many attempts a delivery had when its last retry was queued, by whichever key or button; undefined if there was
 * none.
 */
export function useQueuedAfter(id: string): number | undefined {
  const queued = useMutationState({
    filters: { mutationKey: RETRY, status: 'success' },
    select: ({ state }) => state.variables as Retried,
  });
  return queued.findLast((retried) => retried.id === id)?.attemptCount;
}
