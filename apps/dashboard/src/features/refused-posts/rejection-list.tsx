import { DoorOpen } from 'lucide-react';
import type { EventRejectionDocument } from '@schoolbell/api-client';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { RejectionRow } from './rejection-row.tsx';
import type { useRejections } from './use-rejections.ts';

interface RejectionListProps {
  query: ReturnType<typeof useRejections>['query'];
  rejections: readonly EventRejectionDocument[];
  isFiltered: boolean;
}

export function RejectionList({ query, rejections, isFiltered }: RejectionListProps) {
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  if (rejections.length === 0 && !hasNextPage) return <NoRejections isFiltered={isFiltered} />;
  return (
    <>
      <Table label="Refused posts" className="text-sm">
        <thead>
          <tr>
            <Th from="sm">Refused</Th>
            <Th className="max-sm:pl-3">Answer</Th>
            <Th>Why</Th>
            <Th from="sm">Posted</Th>
            <Th from="md">About</Th>
            <Th from="lg">Key</Th>
          </tr>
        </thead>
        <tbody>
          {rejections.map((rejection) => (
            <RejectionRow key={rejection.id} rejection={rejection} />
          ))}
        </tbody>
      </Table>
      {hasNextPage && (
        <Button
          className="self-start"
          onClick={() => void fetchNextPage()}
          busy={isFetchingNextPage && 'Loading …'}
        >
          Show older ones
        </Button>
      )}
    </>
  );
}

function NoRejections({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={<DoorOpen aria-hidden className="size-6" />}
        title="No refused post matches"
        actions={<ButtonLink to="/events/refused">All refused posts</ButtonLink>}
      >
        An id is compared in full. A post with a wrong key, or one that is not JSON, is kept without
        its ids.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<DoorOpen aria-hidden className="size-6" />}
      title="Nothing was refused in the last 24 hours"
      actions={<ButtonLink to="/events">Events</ButtonLink>}
    >
      When the runtime posts with a wrong key, or a body that breaks a rule, the post is listed here
      with the key, the errors and the ids that it named. So if an event is missing and nothing is
      listed here, it was not posted.
    </EmptyState>
  );
}
