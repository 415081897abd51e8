import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { useEffectEvent, useMemo } from 'react';
import { newerThan } from './newer-than.ts';
import { withFresh } from './rows-in-place.ts';
import { throttled } from './throttled.ts';
import { useDeliveryChanges } from './use-delivery-changes.ts';

/** What no delivery tells of, such as an event that no webhook wanted, is found by asking. */
const ASK_EVERY_MS = 10_000;
const AGAIN_EVERY_MS = 2_000;

interface Row {
  id: string;
}

export interface NewerList<Listed extends Row> {
  /** Of the list, paged or infinite, as it stands in the cache. */
  queryKey: QueryKey;
  rows: readonly Listed[];
  /** Reads the newest page, with the list's filters. */
  newest: () => Promise<{ data: Listed[] }>;
  /** Whether a delivery that changed may have brought a row, which is then looked for at once. */
  mayBring?: (delivery: DeliveryDocument) => boolean;
  /** Which rows the page shows, where it shows not all. */
  isShown?: (row: Listed) => boolean;
}

/**
 * Looks for rows that came since a list was read. They would shift what somebody reads: they wait until somebody wants
 * them, while those that are shown change in place. Lists of deliveries have `useLiveRows`, which the stream tells.
 */
export function useNewer<Listed extends Row>(list: NewerList<Listed>) {
  const { queryKey, rows, newest, isShown = () => true } = list;
  const client = useQueryClient();
  const ownKey = [{ _id: 'newest', of: queryKey }];
  const { data, refetch } = useQuery({
    queryKey: ownKey,
    queryFn: async () => {
      const page = await newest();
      client.setQueryData(queryKey, (shown: unknown) => withFresh(shown, page.data));
      return page.data;
    },
    // The list was read just now.
    initialData: () => [...rows],
    staleTime: ASK_EVERY_MS,
    refetchInterval: ASK_EVERY_MS,
    gcTime: 0,
    retry: false,
  });
  const look = useEffectEvent(() => void refetch());
  const again = useMemo(() => throttled(AGAIN_EVERY_MS, () => look()), []);
  useDeliveryChanges((change) => {
    if (change.kind === 'delivery' ? list.mayBring?.(change.row) : change.kind !== 'webhook')
      again();
  });

  const show = async () => {
    const page = await newest();
    client.setQueryData(queryKey, (shown: unknown) =>
      isInfinite(shown) ? { pages: [page], pageParams: shown.pageParams.slice(0, 1) } : page,
    );
    client.setQueryData(ownKey, page.data);
  };
  const { newer, isAtLeast } = newerThan(rows, data);
  return { count: newer.filter(isShown).length, isAtLeast, show };
}

function isInfinite(data: unknown): data is { pageParams: unknown[] } {
  return typeof data === 'object' && data !== null && 'pageParams' in data;
}
