import { listEventTypes } from '@schoolbell/api-client';
import { listEventTypesQueryKey } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { allPages } from './all-pages.ts';

/** The catalogue and the tenant's own types, which rarely change. */
export function useEventTypes() {
  return useQuery({
    queryKey: [...listEventTypesQueryKey(), 'all'],
    queryFn: ({ signal }) => allPages((query) => listEventTypes({ query, signal })),
    staleTime: 300_000,
  });
}
