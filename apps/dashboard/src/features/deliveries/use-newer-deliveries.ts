import { type InfiniteData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListDeliveriesResponse } from '@schoolbell/api-client';
import { listDeliveriesOptions } from '@schoolbell/api-client/queries';
import { useCallback, useEffect } from 'react';
import { patchLists } from './retry/patch-lists.ts';
import type { Deliveries } from './use-deliveries.ts';

const ASK_EVERY_MS = 10_000;

/**
 * What came since the list was read. Rows that are shown change in place; those that would shift the page are counted,
 * and shown when somebody wants them.
 */
export function useNewerDeliveries({ rows, query, queryKey, list }: Deliveries) {
  const client = useQueryClient();
  const newest = useQuery({
    ...listDeliveriesOptions({ query }),
    refetchInterval: ASK_EVERY_MS,
    // The list itself has just been read.
    enabled: list.isSuccess,
    initialData: () => list.data?.pages[0],
    initialDataUpdatedAt: () => list.dataUpdatedAt,
  }).data;

  useEffect(() => {
    if (newest) patchLists(client, newest.data);
  }, [client, newest]);

  const known = rows[0]?.id ?? '';
  // Ids are sorted by time.
  const newer = list.isSuccess ? (newest?.data.filter(({ id }) => id > known) ?? []) : [];
  const show = useCallback(() => {
    if (!newest) return;
    client.setQueryData<InfiniteData<ListDeliveriesResponse, unknown>>(queryKey, {
      pages: [newest],
      pageParams: [{}],
    });
    window.scrollTo({ top: 0 });
  }, [client, newest, queryKey]);
  return { count: newer.length, isAtLeast: newer.length >= query.limit, show };
}
