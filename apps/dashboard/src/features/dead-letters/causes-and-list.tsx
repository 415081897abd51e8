import { useQuery } from '@tanstack/react-query';
import { listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeadLetterList } from './dead-letter-list.tsx';
import { GroupList } from './group-list.tsx';
import { queryOf, useFilters } from './use-filters.ts';

const ASK_EVERY_MS = 15_000;

/**
 * The groups, and below them the list, which waits for the groups whenever the filters change: they would push it down.
 */
export function CausesAndList() {
  const [filters] = useFilters();
  const groups = useQuery({
    ...listDeadLetterGroupsOptions({ query: { ...queryOf(filters), by: 'webhook,error' } }),
    refetchInterval: ASK_EVERY_MS,
  });
  const webhooks = useEveryWebhook();
  const failed = [groups, webhooks].find(({ isError, data }) => isError && data === undefined);
  if (failed) {
    return (
      <ProblemNote
        error={failed.error}
        title="The dead letters could not be loaded"
        onRetry={() => void failed.refetch()}
      />
    );
  }
  if (!groups.data || !webhooks.data) {
    return <Skeleton className="h-96 rounded-lg" label="Loading the dead letters" />;
  }
  return (
    <>
      <GroupList found={groups.data} webhooks={webhooks.data} />
      <DeadLetterList />
    </>
  );
}
