import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { type ListedTenantDocument, listTenants } from '@schoolbell/api-client';
import { listTenantsQueryKey } from '@schoolbell/api-client/queries';

const PAGE = 100;
/** The API has no search by name: the page searches the newest tenants itself. */
const MOST_PAGES = 10;

interface AllTenants {
  tenants: ListedTenantDocument[];
  /** Whether there are older tenants, which are left out. */
  hasMore: boolean;
}

/** Every tenant with its health, newest first; at most 1,000. */
export function useAllTenants({ every }: { every?: number } = {}): UseQueryResult<AllTenants> {
  return useQuery({
    queryKey: [...listTenantsQueryKey(), 'all'],
    queryFn: ({ signal }) => readAll(signal),
    placeholderData: keepPreviousData,
    ...(every !== undefined && { refetchInterval: every }),
  });
}

async function readAll(signal: AbortSignal): Promise<AllTenants> {
  const tenants: ListedTenantDocument[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { data, nextCursor } = await listTenants({ query: { limit: PAGE, cursor }, signal });
    tenants.push(...data);
    if (nextCursor === null) return { tenants, hasMore: false };
    cursor = nextCursor;
  }
  return { tenants, hasMore: true };
}
