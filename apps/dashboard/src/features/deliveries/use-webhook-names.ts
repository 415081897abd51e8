import { useInfiniteQuery } from '@tanstack/react-query';
import { listWebhooksInfiniteOptions } from '@schoolbell/api-client/queries';
import { useCallback, useEffect, useMemo } from 'react';
import { webhookName } from '../../ui/webhook-name.ts';

/** Nobody reads a longer list of choices. */
const MOST_PAGES = 10;
const LONGEST_ID = 12;

/** The tenant's webhooks, up to the newest thousand, and the name of any one. */
export function useWebhookNames() {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...listWebhooksInfiniteOptions({ query: { limit: 100 } }),
    initialPageParam: {},
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    staleTime: 60_000,
  });
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && pages < MOST_PAGES) void fetchNextPage();
  }, [hasNextPage, isFetching, pages, fetchNextPage]);
  const webhooks = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const names = useMemo(
    () => new Map(webhooks.map((webhook) => [webhook.id, webhookName(webhook)])),
    [webhooks],
  );
  const isComplete = data !== undefined && !hasNextPage;
  const nameOf = useCallback(
    (id: string) =>
      names.get(id) ?? (isComplete ? 'A deleted webhook' : `${id.slice(0, LONGEST_ID)}…`),
    [names, isComplete],
  );
  return { webhooks, nameOf };
}
