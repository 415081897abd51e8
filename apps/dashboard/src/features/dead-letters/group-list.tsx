import type { DeadLetterGroupsDocument, WebhookDocument } from '@schoolbell/api-client';
import { Inbox } from 'lucide-react';
import { useKept } from '../../app/use-kept.ts';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { counted } from '../../ui/numbers.ts';
import { GroupRow } from './group-row.tsx';
import { type Group, groupsToActOn } from '../../ui/dead-letter-groups.ts';
import { useFilters } from './use-filters.ts';

interface GroupListProps {
  found: DeadLetterGroupsDocument;
  webhooks: WebhookDocument[];
}

/** The causes, the most frequent first. A group whose last dead letter was just retried stays, with the outcome. */
export function GroupList({ found, webhooks }: GroupListProps) {
  const [filters] = useFilters();
  const [tried, setTried] = useKept<Group[]>('tried', JSON.stringify(filters), []);
  const groups = groupsToActOn(found.data);
  const gone = tried.filter(({ key }) => !groups.some((group) => group.key === key));
  const shown = [...groups, ...gone.map((group) => ({ ...group, count: 0 }))];
  if (shown.length === 0) return <NoGroups narrowed={Object.values(filters).some(Boolean)} />;
  return (
    <Card aria-label="Groups">
      <p className="border-b border-line px-4 py-2.5 text-sm text-muted">
        {found.complete ? '' : 'At least '}
        {counted(
          groups.reduce((sum, { count }) => sum + count, 0),
          'dead letter',
        )}{' '}
        in {counted(groups.length, 'group')} by webhook and error
        {!found.complete && ': the newest 10,000 were counted, narrow the filters for exact counts'}
      </p>
      <ul className="divide-y divide-line">
        {shown.map((group) => (
          <GroupRow
            key={group.key}
            group={group}
            webhook={webhooks.find(({ id }) => id === group.webhookId)}
            isExact={found.complete}
            onTry={() => setTried([...tried.filter(({ key }) => key !== group.key), group])}
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
        title={narrowed ? 'No dead letter matches' : 'No dead letters'}
      >
        {narrowed
          ? 'Remove a filter to see others.'
          : 'A delivery that fails is attempted again by the retry schedule of its webhook. If the last attempt fails too, it waits here for you to retry or discard it.'}
      </EmptyState>
    </Card>
  );
}
