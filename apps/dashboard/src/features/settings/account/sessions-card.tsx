import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { UserSessionDocument } from '@schoolbell/api-client';
import {
  endMyOtherSessionsMutation,
  endMySessionMutation,
  listMySessionsInfiniteOptions,
  listMySessionsInfiniteQueryKey,
} from '@schoolbell/api-client/queries';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Time } from '../../../ui/time.tsx';
import { PagedList } from '../paged-list.tsx';
import { BY_CURSOR } from '../../../app/api/by-cursor.ts';
import { deviceOf } from './device-of.ts';

/** The devices on which the user is signed in. */
export function SessionsCard() {
  const client = useQueryClient();
  const list = useInfiniteQuery({ ...listMySessionsInfiniteOptions(), ...BY_CURSOR });
  const sessions = list.data?.pages.flatMap(({ data }) => data) ?? [];
  const onSettled = () => client.invalidateQueries({ queryKey: listMySessionsInfiniteQueryKey() });
  const endOne = useMutation({ ...endMySessionMutation(), onSettled });
  const endOthers = useMutation({ ...endMyOtherSessionsMutation(), onSettled });
  const error = endOne.error ?? endOthers.error;
  return (
    <Section
      title="Where you are signed in"
      note="A session ends after 7 days without use, and after 30 days in any case."
      actions={
        sessions.length > 1 && (
          <Button
            size="small"
            onClick={() => endOthers.mutate({})}
            busy={endOthers.isPending && 'Signing out …'}
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedList list={list} loading="Loading your sessions">
        <ul className="flex flex-col divide-y divide-line">
          {sessions.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              busy={endOne.isPending && endOne.variables.path.id === session.id}
              onEnd={() => endOne.mutate({ path: { id: session.id } })}
            />
          ))}
        </ul>
      </PagedList>
    </Section>
  );
}

interface SessionRowProps {
  session: UserSessionDocument;
  busy: boolean;
  onEnd: () => void;
}

function SessionRow({ session, busy, onEnd }: SessionRowProps) {
  const device = deviceOf(session.userAgent);
  return (
    <li className="flex items-center justify-between gap-4 py-2.5">
      <div className="min-w-0">
        <p className="flex items-center gap-2 font-medium" title={session.userAgent}>
          <span className="truncate">{device}</span>
          {session.current && <Badge tone="good">This one</Badge>}
        </p>
        <p className="text-sm text-muted">
          {session.address} · used <Time at={session.lastUsedAt} /> · since{' '}
          <Time at={session.createdAt} as="full" />
        </p>
      </div>
      {!session.current && (
        <Button
          size="small"
          aria-label={`End the session of ${device}`}
          onClick={onEnd}
          busy={busy && 'Ending …'}
        >
          End
        </Button>
      )}
    </li>
  );
}
