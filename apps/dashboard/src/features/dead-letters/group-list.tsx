import { useQuery } from '@tanstack/react-query';
import { listDeadLetterGroupsOptions } from '@schoolbell/api-client/queries';
import { Inbox } from 'lucide-react';
import { useState } from 'react';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { counted } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GroupRow } from './group-row.tsx';
import { type Group, groupsToActOn } from '../../ui/dead-letter-groups.ts';
import { queryOf, useFilters } from './use-filters.ts';

const ASK_EVERY_MS = 15_000;

/** The causes, the most frequent first. A group whose last dead letter was just retried stays, with what came of it. */
export function GroupList() {
  const [filters] = useFilters();
  const { data, error, refetch } = useQuery({
    ...listDeadLetterGroupsOptions({ query: { ...queryOf(filters), by: 'webhook,error' } }),
    refetchInterval: ASK_EVERY_MS,
  });
  const { data: webhooks } = useEveryWebhook();
  const [tried, setTried] = useState<Group[]>([]);
  if (error && !data) {
    return <ProblemNote error={error} onRetry={() => void refetch()} title="No groups" />;
  }
  if (!data || !webhooks)
    return <Skeleton className="h-44 rounded-lg" label="Loading the groups" />;
  const groups = groupsToActOn(data.data);
  const gone = tried.filter(({ key }) => !groups.some((group) => group.key === key));
  const shown = [...groups, ...gone.map((group) => ({ ...group, count: 0 }))];
  if (shown.length === 0) return <NoGroups narrowed={Object.values(filters).some(Boolean)} />;
  return (
    <Card aria-label="Groups">
      <p className="border-b border-line px-4 py-2.5 text-sm text-muted">
        {data.complete ? '' : 'At least '}
        {counted(
          groups.reduce((sum, { count }) => sum + count, 0),
          'dead letter',
        )}{' '}
        in {counted(groups.length, 'group')} by webhook and error
        {!data.complete && ': the newest 10,000 were counted, narrow the filters for exact counts'}
      </p>
      <ul className="divide-y divide-line">
        {shown.map((group) => (
          <GroupRow
            key={group.key}
            group={group}
            webhook={webhooks.find(({ id }) => id === group.webhookId)}
            isExact={data.complete}
            onTry={() => setTried((all) => [...all.filter(({ key }) => key !== group.key), group])}
          />
        ))}
      </ul>
    </Card>
  );
}

function NoGroups({ narrowed }: { narrowed: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={<Inbox aria-hidden className="size-8" />}
        title={narrowed ? 'No dead letter is like that' : 'No dead letters'}
      >
        {narrowed
          ? 'Take a filter away to see others.'
          : 'A delivery that fails is attempted again by the retry schedule of its webhook. When the last attempt failed too, it waits here for you to retry or discard it.'}
      </EmptyState>
    </Card>
  );
}
