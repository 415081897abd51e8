import { listWebhooks } from '@schoolbell/api-client';
import { listWebhooksQueryKey } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { allPages } from './all-pages.ts';

/** All webhooks of the tenant, newest first: to list them, to name them elsewhere, and to choose from. */
export function useEveryWebhook() {
  return useQuery({
    // Apart from the plain list, and invalidated together with it.
    queryKey: [...listWebhooksQueryKey(), 'all'],
    queryFn: ({ signal }) => allPages((query) => listWebhooks({ query, signal })),
  });
}
