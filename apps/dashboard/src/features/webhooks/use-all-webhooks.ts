import { listWebhooks } from '@schoolbell/api-client';
import { listWebhooksQueryKey } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { allPages } from './all-pages.ts';

/** Every webhook of the tenant. */
export function useAllWebhooks() {
  return useQuery({
    // Apart from the plain list, and invalidated together with it.
    queryKey: [...listWebhooksQueryKey(), 'all'],
    queryFn: ({ signal }) => allPages((query) => listWebhooks({ query, signal })),
  });
}
