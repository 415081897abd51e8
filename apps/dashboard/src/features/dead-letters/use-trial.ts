import { useMutation, useQuery } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { getDeliveryOptions, retryDeliveryMutation } from '@schoolbell/api-client/queries';
import { useEffect } from 'react';
import { useKept } from '../../app/use-kept.ts';
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

/** The retried delivery, with its attempts before the retry. */
type Tried = Pick<DeliveryDocument, 'id' | 'attemptCount'>;

/** Retries one delivery of a group and watches it until its outcome is known, which stays for users who leave and return. */
export function useTrial(group: string, onTry: () => void): Trial {
  const [tried, setTried] = useKept<Tried | null>('trial', group, null);
  const retry = useMutation(retryDeliveryMutation());
  const refresh = useRefresh();
  const judge = (delivery: DeliveryDocument) =>
    outcomeOf(delivery, tried?.attemptCount ?? 0, Date.now());
  const { data } = useQuery({
    ...getDeliveryOptions({ path: { id: tried?.id ?? '' } }),
    enabled: tried !== null,
    // The cache may hold it as it was before the retry.
    staleTime: 0,
    gcTime: 0,
    refetchInterval: ({ state }) =>
      state.data && judge(state.data).kind !== 'under way' ? false : ASK_EVERY_MS,
  });
  const isStarted = retry.isPending || tried !== null;
  const outcome = tried && data ? judge(data) : isStarted ? ON_ITS_WAY : undefined;
  const kind = outcome?.kind;
  useEffect(() => {
    if (kind !== undefined) void refresh();
    // Only when the outcome changes, for then the counts do.
    // eslint-disable-next-line react/exhaustive-deps
  }, [kind]);
  return {
    start: ({ id, attemptCount }) => {
      onTry();
      setTried(null);
      retry.mutate({ path: { id } }, { onSuccess: () => setTried({ id, attemptCount }) });
    },
    isStarting: retry.isPending,
    error: retry.error,
    deliveryId: tried?.id,
    outcome,
  };
}
