import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { getEventOptions } from '@schoolbell/api-client/queries';
import { problemOf } from '../../app/api/api-problem.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OpenDelivery } from '../deliveries/panel/open-delivery.tsx';
import { EventData } from './event-data.tsx';
import { EventFacts } from './event-facts.tsx';
import { Standings } from './standings.tsx';
import { useStandings } from './use-standings.ts';

/** One event: its facts, how it stands at each webhook and why, and its data. */
export function EventPage() {
  const { eventId } = useParams({ from: '/shell/events/$eventId' });
  const { data, error, refetch } = useQuery(getEventOptions({ path: { id: eventId } }));
  const standings = useStandings(eventId);
  if (error && !data) {
    return (
      <Page title="Event">
        {problemOf(error).status === 404 ? (
          <MissingEvent detail={problemOf(error).detail} />
        ) : (
          <ProblemNote
            error={error}
            title="The event could not be loaded"
            onRetry={() => void refetch()}
          />
        )}
      </Page>
    );
  }
  if (!data) {
    return (
      <Page title="Event">
        <Skeleton className="h-28" label="Loading the event" />
        <Skeleton className="h-48" label="Loading how it stands" />
      </Page>
    );
  }
  return (
    <Page
      title={`Event ${data.type}`}
      heading={<span className="font-mono text-lg">{data.type}</span>}
    >
      <EventFacts event={data} />
      <Standings event={data} />
      {/* Below the standings, which grow with the number of webhooks: it waits for them. */}
      {!standings.isPending && <EventData event={data} />}
      <OpenDelivery />
    </Page>
  );
}

function MissingEvent({ detail }: { detail: string }) {
  return (
    <EmptyState
      title="No event has this id"
      actions={
        <>
          <ButtonLink to="/events">All events</ButtonLink>
          <ButtonLink to="/events/refused">Refused posts</ButtonLink>
        </>
      }
    >
      {detail} A post that was refused has no event: see the refused posts of the last 24 hours.
    </EmptyState>
  );
}
