import { useSearch } from '@tanstack/react-router';
import { NewerRows } from '../../app/live/newer-rows.tsx';
import { useMe } from '../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { OpenDelivery } from '../deliveries/panel/open-delivery.tsx';
import { NothingFound } from '../search/nothing-found.tsx';
import { UnderstoodIds } from '../search/understood-ids.tsx';
import { RetryAllDead } from './retry-all-dead.tsx';
import { StorySummary } from './story-summary.tsx';
import { SubjectHeading, titleOf } from './subject-heading.tsx';
import { SessionCard } from './timeline/session-card.tsx';
import { isAbout, subjectOf } from './use-story.ts';
import { useTold } from './use-told.ts';
import { VerdictNote } from './verdict-note.tsx';

/** What became of a learner's completions, or of those of a session, package or dispatch. */
export function StoryPage() {
  const subject = useSearch({
    from: '/shell/story',
    select: subjectOf,
    structuralSharing: true,
  });
  const { id, events, queryKey, newest, story, all, webhooks, pin, unpin } = useTold(subject);
  const { role } = useMe();
  if (id === undefined) {
    return (
      <Page title="Story" note="Of a learner, a session, a package or a dispatch.">
        <UnderstoodIds />
      </Page>
    );
  }
  const { error, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = events;
  const isHidden =
    story && role === 'viewer' && all.some(({ data, erased }) => data === null && !erased);
  return (
    <Page
      title={titleOf(subject)}
      heading={<SubjectHeading subject={subject} />}
      note={
        error && all.length === 0 ? undefined : (
          <StorySummary story={story} events={all.length} hasMore={hasNextPage} />
        )
      }
      actions={
        <>
          <RetryAllDead key={id} events={all} subject={subject} />
          <ButtonLink to="/events" search={subject}>
            As a list
          </ButtonLink>
        </>
      }
    >
      {error && all.length === 0 && (
        <ProblemNote
          error={error}
          title="The story could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {!story && !error && (
        <>
          <Skeleton className="h-36" label="Loading the story" />
          <Skeleton className="h-64" label="Loading its sessions" />
        </>
      )}
      {story?.verdict && (
        <VerdictNote
          key={id}
          verdict={story.verdict}
          story={story}
          onRetry={pin}
          onRefused={unpin}
        />
      )}
      {events.isSuccess && story && !story.verdict && all.length === 0 && <NothingFound q={id} />}
      {story && (
        <NewerRows
          key={JSON.stringify(subject)}
          rows={all}
          mayBring={(row) => isAbout(subject, row) && !all.some((one) => one.id === row.eventId)}
          {...{ queryKey, newest }}
        />
      )}
      {isHidden && (
        <Note tone="calm" title="Viewers do not see what events hold">
          <p>
            How far and how well a learner got stays hidden. An owner can allow it under Settings.
          </p>
        </Note>
      )}
      {story?.sessions.map((told) => (
        <SessionCard key={told.session.sessionId ?? 'none'} told={told} webhooks={webhooks} />
      ))}
      {story && hasNextPage && (
        <Button
          className="self-start"
          onClick={() => void fetchNextPage()}
          busy={isFetchingNextPage && 'Loading …'}
        >
          Show older events
        </Button>
      )}
      <OpenDelivery />
    </Page>
  );
}
