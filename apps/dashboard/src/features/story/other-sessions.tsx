import { Link } from '@tanstack/react-router';
import { TriangleAlert } from 'lucide-react';
import { Fragment } from 'react';
import { cx } from '../../ui/cx.ts';
import { count, counted } from '../../ui/numbers.ts';
import { visible } from '../../ui/visible.ts';
import { packageOf, type StorySession } from './sessions.ts';

/** The page shows further ones below. */
const MOST = 5;

/** The anchor of a session on the page, as the hash of its address. */
export const placeOf = ({ events, completed }: StorySession): string =>
  (completed ?? events[0]!).id;

interface OtherSessionsProps {
  sessions: readonly StorySession[];
  /** Whether good news stands above it: then it must not be overlooked. */
  isWarning: boolean;
}

/** "And 2 more completions have not arrived: …", each a link to its place on the page. */
export function OtherSessions({ sessions, isWarning }: OtherSessionsProps) {
  if (sessions.length === 0) return null;
  const one = sessions.length === 1;
  const more = sessions.length - MOST;
  return (
    <p className={cx('break-words', isWarning && 'font-medium text-wait')}>
      {isWarning && (
        <TriangleAlert aria-hidden className="mr-1.5 inline size-4 align-text-bottom" />
      )}
      {isWarning ? 'But' : 'And'} {counted(sessions.length, 'more completion')}{' '}
      {one ? 'has' : 'have'} not arrived:{' '}
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
          {packageOf(session) !== null && (
            <span className="text-sm font-normal">
              {' '}
              (package <bdi className="font-mono text-xs">{visible(packageOf(session)!)}</bdi>)
            </span>
          )}
        </Fragment>
      ))}
      {more > 0 && ` and ${count(more)} more below`}.
    </p>
  );
}
