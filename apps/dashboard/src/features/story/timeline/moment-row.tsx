import { Link } from '@tanstack/react-router';
import { CircleCheckBig, CirclePlay, Dot, type LucideIcon, Star, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { Time } from '../../../ui/time.tsx';
import { visible } from '../../../ui/visible.ts';
import { detailsOf, labelOf } from '../event-words.ts';
import type { StoryEvent } from '../sessions.ts';

const ICONS: Record<string, LucideIcon> = {
  'session.launched': CirclePlay,
  'session.progress': TrendingUp,
  'session.scored': Star,
  'session.completed': CircleCheckBig,
};

interface RowProps {
  icon: LucideIcon;
  at: string | undefined;
  /** How long after the row above. */
  after?: string | undefined;
  children: ReactNode;
  chips?: ReactNode;
  isGap?: boolean;
}

/** A row of a time line: time, mark, what happened, and its state at each webhook. */
export function TimelineRow({ icon: Icon, at, after, children, chips, isGap }: RowProps) {
  return (
    <li className="group relative grid grid-cols-[1.5rem_1fr] gap-x-3 pb-3 last:pb-0 md:grid-cols-[6rem_1.5rem_minmax(12rem,2fr)_3fr]">
      <span className="hidden text-sm/[1.3125rem] text-muted tabular-nums md:block">
        {at !== undefined && <Time at={at} as="time" />}
        {after !== undefined && <span className="block text-xs">{after}</span>}
      </span>
      <span className="relative flex justify-center">
        <span aria-hidden className="absolute top-6 -bottom-2.5 w-px bg-line group-last:hidden" />
        <Icon aria-hidden className={`size-5 ${isGap ? 'text-wait' : 'text-muted'}`} />
      </span>
      <div className="min-w-0">
        {children}
        {at !== undefined && (
          <p className="text-xs text-muted tabular-nums md:hidden">
            <Time at={at} as="time" />
            {after !== undefined && `, ${after}`}
          </p>
        )}
      </div>
      {chips !== undefined && (
        <div className="col-start-2 mt-1 min-w-0 md:col-start-4 md:mt-0">{chips}</div>
      )}
    </li>
  );
}

interface EventRowProps {
  event: StoryEvent;
  after: string | undefined;
  chips: ReactNode;
}

export function EventRow({ event, after, chips }: EventRowProps) {
  return (
    <TimelineRow icon={ICONS[event.type] ?? Dot} at={event.occurredAt} after={after} chips={chips}>
      <p dir="auto" className="break-words">
        <Link
          to="/events/$eventId"
          params={{ eventId: event.id }}
          title={event.type}
          className="rounded font-medium hover:underline"
        >
          {labelOf(event)}
        </Link>{' '}
        <span className="text-sm text-muted">{visible(detailsOf(event))}</span>
      </p>
    </TimelineRow>
  );
}
