import { useInfiniteQuery } from '@tanstack/react-query';
import type { DeliveryDocument } from '@schoolbell/api-client';
import { listDeliveriesInfiniteOptions } from '@schoolbell/api-client/queries';
import { useMemo, useState } from 'react';
import { type DeliveryFilters, queryOf } from './filters.ts';

const ROWS_PER_PAGE = 100;

/** The filtered list, page by page; it stays as it is until the user wants newer rows. */
export function useDeliveries(filters: DeliveryFilters) {
  // A range counts back from when it was chosen, so that all pages of a list have the same range.
  const [chosen, setChosen] = useState({ filters, now: Date.now() });
  if (chosen.filters !== filters) setChosen({ filters, now: Date.now() });
  const query = useMemo(
    () => ({ ...queryOf(filters, chosen.now), limit: ROWS_PER_PAGE, expand: 'event' as const }),
    [filters, chosen.now],
  );
  const options = listDeliveriesInfiniteOptions({ query });
  const list = useInfiniteQuery({
    ...options,
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    // Reading all pages again would take long and shift the rows.
    staleTime: Infinity,
    // Long enough to come back to, short enough that rows further down are not outdated.
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Pages keep their rows anyway; comparing thousands of them for each page would take long.
    structuralSharing: false,
  });
  const { data } = list;
  const rows = useMemo<DeliveryDocument[]>(
    () => data?.pages.flatMap((page) => page.data) ?? [],
    [data],
  );
  return { list, rows, query, queryKey: options.queryKey };
}

export type Deliveries = ReturnType<typeof useDeliveries>;
