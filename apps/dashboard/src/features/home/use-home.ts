import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getStatsOptions, listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import type { Window } from '../../ui/charts/attempts-slots.ts';

/** Where nothing tells of changes, Home asks itself. */
const ASK_EVERY_MS = 30_000;

/** What Home is made of, all there or not yet: parts that come one by one would push each other down. */
export function useHome(window: Window) {
  const stats = useQuery({
    ...getStatsOptions({ query: { window } }),
    refetchInterval: ASK_EVERY_MS,
    placeholderData: keepPreviousData,
  });
  const webhooks = useEveryWebhook();
  const groups = useQuery({
    ...listDeadLetterGroupsOptions({ query: { by: 'webhook,error' } }),
    refetchInterval: ASK_EVERY_MS,
  });
  const all = [stats, webhooks, groups];
  return {
    stats: stats.data,
    webhooks: webhooks.data,
    groups: groups.data,
    error: all.find(({ isError, data }) => isError && data === undefined)?.error,
    /** Of another window, until those of the chosen one are here. */
    isPrevious: stats.isPlaceholderData,
    retry: () => {
      for (const query of all) if (query.isError) void query.refetch();
    },
  };
}
