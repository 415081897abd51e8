import { useQuery } from '@tanstack/react-query';
import type { DeliveryHistoryDocument } from '@schoolbell/api-client';
import { getWebhookOptions } from '@schoolbell/api-client/queries';
import { problemOf } from '../../../app/api/api-problem.ts';
import { deliveryQuery } from '../retry/follow-delivery.ts';

const SOON_MS = 1_000;
const LATER_MS = 10_000;
/** This close to its attempt, the outcome is seconds away. */
const NEAR_MS = 15_000;

/** The delivery in the panel. While it waits it is asked for again, often when its attempt is near. */
export function useOpenDelivery(id: string) {
  return useQuery({
    ...deliveryQuery(id),
    refetchInterval: ({ state }) => intervalOf(state.data),
  });
}

function intervalOf(delivery: DeliveryHistoryDocument | undefined): number | false {
  if (!delivery) return false;
  const { status, nextAttemptAt, fallback } = delivery;
  if (status !== 'pending')
    return status === 'held' || fallback?.status === 'pending' ? LATER_MS : false;
  const away = nextAttemptAt === null ? 0 : Math.abs(Date.parse(nextAttemptAt) - Date.now());
  return away < NEAR_MS ? SOON_MS : LATER_MS;
}

/** Its webhook: `null` when it was deleted, undefined until it is known. */
export function useWebhookOf(id: string | undefined) {
  const { data, error, isPending } = useQuery({
    ...getWebhookOptions({ path: { id: id ?? '' } }),
    enabled: id !== undefined,
  });
  const isDeleted = error !== null && problemOf(error).status === 404;
  return { webhook: isDeleted ? null : data, isPending };
}
