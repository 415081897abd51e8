import { useInfiniteQuery } from '@tanstack/react-query';
import { type ListedEventDocument, listEvents } from '@schoolbell/api-client';
import { listEventsInfiniteOptions } from '@schoolbell/api-client/queries';
import { HELD_STILL } from '../../app/live/held-still.ts';
import { NewerRows } from '../../app/live/newer-rows.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/numbers.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Table, Th } from '../../ui/table.tsx';
import { WhenSeen } from '../../ui/when-seen.tsx';
import { BY_CURSOR } from '../../app/api/by-cursor.ts';
import { useEventFilters } from './event-filters.tsx';
import { EventRow } from './event-row.tsx';
import { NoEvents } from './no-events.tsx';

const PER_PAGE = 50;
/** Events that the API looks through for one page of unwanted events. */
const LOOKED_AT = 2_000;

interface EventTableProps {
  events: readonly ListedEventDocument[];
  /** The rows on the page belong to the filters before. */
  isChanging: boolean;
}

/** The filtered events, newest first; more are loaded when the end comes into view. */
export function EventList() {
  const { search } = useEventFilters();
  const { unwanted, ...others } = search;
  const isUnwanted = unwanted === 'true';
  const asked = { ...others, limit: PER_PAGE, unwanted: isUnwanted || undefined };
  const options = listEventsInfiniteOptions({ query: asked });
  const query = useInfiniteQuery({
    ...options,
    ...BY_CURSOR,
    placeholderData: (before) => before,
    ...HELD_STILL,
  });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const events = data?.pages.flatMap((page) => page.data) ?? [];
  const more = () => void fetchNextPage();
  if (error && !data) {
    return (
      <ProblemNote
        error={error}
        title="The events could not be loaded"
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data) return <Skeleton className="h-96" label="Loading the events" />;
  if (events.length === 0 && !hasNextPage) return <NoEvents search={search} />;
  const newest = events[0]?.id ?? '';
  return (
    <>
      {events.length > 0 && !query.isPlaceholderData && (
        <NewerRows
          key={JSON.stringify(asked)}
          queryKey={options.queryKey}
          rows={events}
          newest={() => listEvents({ query: asked })}
          mayBring={({ eventId }) => eventId > newest}
        />
      )}
      {events.length === 0 ? (
        <p className="text-muted">None among the newest events so far.</p>
      ) : (
        <EventTable events={events} isChanging={query.isPlaceholderData} />
      )}
      {error && <ProblemNote error={error} title="The rest was not loaded" onRetry={more} />}
      {hasNextPage && !error && (
        <div className="flex flex-wrap items-center gap-3">
          {!isUnwanted && !isFetchingNextPage && <WhenSeen onSeen={more} />}
          <Button onClick={more} busy={isFetchingNextPage && 'Loading …'}>
            {isUnwanted ? `Look through ${counted(LOOKED_AT, 'older event')}` : 'Show older events'}
          </Button>
        </div>
      )}
    </>
  );
}

function EventTable({ events, isChanging }: EventTableProps) {
  return (
    <Table label="Events" className="text-sm" aria-busy={isChanging || undefined}>
      <thead>
        <tr>
          <Th from="sm">Accepted</Th>
          <Th className="max-sm:pl-3">Type</Th>
          <Th>Deliveries</Th>
          <Th>Learner</Th>
          <Th>Session</Th>
          <Th>Package</Th>
        </tr>
      </thead>
      <tbody>
        {events.map((event) => (
          <EventRow key={event.id} event={event} />
        ))}
      </tbody>
    </Table>
  );
}
