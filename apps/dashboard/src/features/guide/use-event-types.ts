import { useQuery } from '@tanstack/react-query';
import { listEventTypesOptions } from '@schoolbell/api-client/queries';

const ALL = { query: { limit: 100 } };

/** The whole catalogue, and up to a hundred types of the tenant's own. */
export function useEventTypes() {
  return useQuery({ ...listEventTypesOptions(ALL), staleTime: 60_000 });
}
