import { type QueryKey, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { useEffectEvent, useMemo } from 'react';
import { newerThan } from './newer-than.ts';
import { withFresh } from './rows-in-place.ts';
import { throttled } from './throttled.ts';
import { useDeliveryChanges } from './use-delivery-changes.ts';

/** The stream does not tell of everything, such as of an event that no webhook wanted. */
const ASK_EVERY_MS = 10_000;
const AGAIN_EVERY_MS = 2_000;

interface Row {
  id: string;
}

export interface NewerList<Listed extends Row> {
  /** Key of the list's query, paged or infinite. */
  queryKey: QueryKey;
  rows: readonly Listed[];
  /** Reads the newest page, with the list's filters. */
  newest: () => Promise<{ data: Listed[] }>;
  /** Whether a changed delivery may have brought a new row, so that the newest page is read at once. */
  mayBring?: (delivery: DeliveryDocument) => boolean;
  /** Whether the page shows a row; all of them by default. */
  isShown?: (row: Listed) => boolean;
}

/**
 * Looks for rows that came since a list was read, and changes the known ones in place. New rows would move what somebody
 * reads, so they are counted and wait until the user wants them. For deliveries, `useLiveRows` does so by the stream.
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
    // The list has just been read.
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
