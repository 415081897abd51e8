import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { count, counted } from '../../ui/numbers.ts';
import { visible } from '../../ui/visible.ts';
import type { StorySession } from './sessions.ts';

/** The page shows further ones below. */
const MOST = 5;

/** The anchor of a session on the page, as the hash of its address. */
export const placeOf = ({ events, completed }: StorySession): string =>
  (completed ?? events[0]!).id;

/** "And 2 more completions have not arrived: …", each a link to its place on the page. */
export function OtherSessions({ sessions }: { sessions: readonly StorySession[] }) {
  if (sessions.length === 0) return null;
  const one = sessions.length === 1;
  const more = sessions.length - MOST;
  return (
    <p className="break-words">
      And {counted(sessions.length, 'more completion')} {one ? 'has' : 'have'} not arrived:{' '}
      {sessions.slice(0, MOST).map((session, index) => (
        <Fragment key={placeOf(session)}>
          {index > 0 && ', '}
          <Link
            to="."
            search={true}
            hash={placeOf(session)}
            className="inline-block max-w-full rounded font-mono text-xs wrap-anywhere text-link underline"
          >
            <bdi>{visible(session.sessionId ?? 'without a session')}</bdi>
          </Link>
        </Fragment>
      ))}
      {more > 0 && ` and ${count(more)} more below`}.
    </p>
  );
}
