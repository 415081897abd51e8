import { useMutation, useQuery } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { getDeliveryOptions, retryDeliveryMutation } from '@schoolbell/api-client/queries';
import { useEffect, useState } from 'react';
import { type Outcome, outcomeOf } from './outcome.ts';
import { useRefresh } from './use-operation.ts';

const ASK_EVERY_MS = 600;
const ON_ITS_WAY: Outcome = { kind: 'under way', words: 'It is on its way.' };

export interface Trial {
  start: (delivery: DeliveryDocument) => void;
  isStarting: boolean;
  /** Why the retry was refused. */
  error: unknown;
  /** The delivery that was retried. */
  deliveryId: string | undefined;
  outcome: Outcome | undefined;
}

/** Retries one delivery and watches it until its outcome is known. */
export function useTrial(onTry: () => void): Trial {
  const [tried, setTried] = useState<DeliveryDocument>();
  const retry = useMutation(retryDeliveryMutation());
  const refresh = useRefresh();
  const judge = (delivery: DeliveryDocument) =>
    outcomeOf(delivery, tried?.attemptCount ?? 0, Date.now());
  const { data } = useQuery({
    ...getDeliveryOptions({ path: { id: tried?.id ?? '' } }),
    enabled: tried !== undefined,
    // The cache may hold it as it was before the retry.
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      state.data && judge(state.data).kind !== 'under way' ? false : ASK_EVERY_MS,
  });
  const isStarted = retry.isPending || tried !== undefined;
  const outcome = tried && data ? judge(data) : isStarted ? ON_ITS_WAY : undefined;
  const kind = outcome?.kind;
  useEffect(() => {
    if (kind !== undefined) void refresh();
    // Only when the outcome changes, for then the counts do.
    // eslint-disable-next-line react/exhaustive-deps
  }, [kind]);
  return {
    start: (delivery) => {
      onTry();
      setTried(undefined);
      retry.mutate({ path: { id: delivery.id } }, { onSuccess: () => setTried(delivery) });
    },
    isStarting: retry.isPending,
    error: retry.error,
    deliveryId: tried?.id,
    outcome,
  };
}
