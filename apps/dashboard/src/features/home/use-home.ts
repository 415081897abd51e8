import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getStatsOptions, listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import type { Window } from '../../ui/charts/attempts-slots.ts';

/** How often Home asks again where no stream tells of changes. */
const ASK_EVERY_MS = 30_000;

/** Everything on Home, all at once: parts that appear one by one would push each other down. */
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
    /** Whether these are the figures of another window, shown until the chosen one's are here. */
    isPrevious: stats.isPlaceholderData,
    retry: () => {
      for (const query of all) if (query.isError) void query.refetch();
    },
  };
}
