import { previewReplay, type ReplayWebhook } from '@schoolbell/api-client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDebounced } from '../use-debounced.ts';

/** How many events a replay would send; counted again once the selection stays unchanged for a moment. */
export function useReplayCount(webhookId: string, body: ReplayWebhook | undefined) {
  const asked = useDebounced(body, 300);
  const query = useQuery({
    queryKey: ['previewReplay', webhookId, asked],
    queryFn: ({ signal }) => previewReplay({ path: { id: webhookId }, body: asked!, signal }),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isSettled = JSON.stringify(asked) === JSON.stringify(body);
  return { ...query, isCounting: query.isFetching || !isSettled };
}
