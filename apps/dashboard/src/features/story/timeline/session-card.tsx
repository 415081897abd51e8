import { Link } from '@tanstack/react-router';
import { CircleDashed, CircleSlash } from 'lucide-react';
import { Badge, type Tone } from '../../../ui/badge.tsx';
import { Card } from '../../../ui/card.tsx';
import { duration } from '../../../ui/numbers.ts';
import { inZone } from '../../../ui/instants.ts';
import { visible } from '../../../ui/visible.ts';
import type { WebhooksById } from '../../events/use-webhooks.ts';
import { momentsOf, type Moment } from '../moments.ts';
import { packageOf, type StoryEvent, type StorySession } from '../sessions.ts';
import type { ToldSession } from '../verdict/verdict-of-story.ts';
import { placeOf } from '../other-sessions.tsx';
import { VERDICT_LOOKS } from '../verdict-note.tsx';
import { EventRow, TimelineRow } from './moment-row.tsx';
import { RunRow } from './run-row.tsx';
import { StandingChips } from './standing-chips.tsx';
import type { VerdictKind } from '../verdict/verdict.ts';

interface SessionCardProps {
  told: ToldSession;
  webhooks: WebhooksById | undefined;
}

/** A session as a time line: launched, progress, completed, each with its state at the webhooks. */
export function SessionCard({ told, webhooks }: SessionCardProps) {
  const { session, verdict } = told;
  const moments = momentsOf(session.events);
  const chips = (event: StoryEvent) => <StandingChips event={event} webhooks={webhooks} />;
  return (
    <Card id={placeOf(session)} className="scroll-mt-20 p-4" aria-label={nameOf(session)}>
      <SessionHeader told={told} />
      <ol className="mt-4">
        {moments.map((moment, index) => {
          const after = afterOf(moments[index - 1], moment);
          if (moment.kind === 'event') {
            const { event } = moment;
            return <EventRow key={event.id} event={event} after={after} chips={chips(event)} />;
          }
          return (
            <RunRow key={moment.events[0].id} events={moment.events} after={after}>
              {moment.events.map((event) => (
                <EventRow key={event.id} event={event} after={undefined} chips={chips(event)} />
              ))}
            </RunRow>
          );
        })}
        {verdict && verdict.kind !== 'refused' && !session.completed && <Gap />}
        {verdict?.kind === 'refused' && <RefusedRow rejectionId={verdict.rejectionId} />}
      </ol>
    </Card>
  );
}

function SessionHeader({ told: { session, verdict } }: { told: ToldSession }) {
  const { sessionId, events } = session;
  const first = events[0]!;
  const packageId = packageOf(session);
  const look = verdict && VERDICT_LOOKS[verdict.kind];
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
      <div className="min-w-0">
        <h2 className="font-semibold wrap-anywhere">
          {sessionId === undefined ? (
            'Without a session'
          ) : (
            <>
              <span className="font-normal text-muted">Session </span>
              <Link
                to="/story"
                search={{ sessionId }}
                dir="auto"
                className="rounded hover:underline"
              >
                {visible(sessionId)}
              </Link>
            </>
          )}
        </h2>
        <p className="text-sm wrap-anywhere text-muted">
          {inZone(first.occurredAt, 'full')}
          {packageId !== null && (
            <>
              {' · package '}
              <Link
                to="/story"
                search={{ packageId }}
                dir="auto"
                className="rounded font-mono text-xs hover:underline"
              >
                {visible(packageId)}
              </Link>
            </>
          )}
        </p>
      </div>
      {look && (
        <Badge tone={toneOf(verdict.kind)} icon={<look.icon aria-hidden className="size-3" />}>
          {look.word}
        </Badge>
      )}
    </header>
  );
}

function Gap() {
  return (
    <TimelineRow icon={CircleDashed} at={undefined} isGap>
      <p className="font-medium text-wait">Never reported as completed</p>
      <p className="text-sm text-muted">No completion was reported for this session.</p>
    </TimelineRow>
  );
}

function RefusedRow({ rejectionId }: { rejectionId: string | undefined }) {
  return (
    <TimelineRow icon={CircleSlash} at={undefined} isGap>
      <p className="font-medium text-bad">Refused at the door</p>
      <p className="text-sm text-muted">
        A post about this session did not become an event:{' '}
        <Link
          to="/events/refused"
          search={{ open: rejectionId }}
          className="rounded text-link hover:underline"
        >
          see what was wrong
        </Link>
        .
      </p>
    </TimelineRow>
  );
}

/** The tone of the badge that a delivery in this state has. */
const toneOf = (kind: VerdictKind): Tone => (kind === 'held' ? 'held' : VERDICT_LOOKS[kind].tone);

const nameOf = ({ sessionId }: StorySession): string =>
  sessionId === undefined ? 'Without a session' : `Session ${visible(sessionId)}`;

/** "4 min later"; empty where the runtime's clocks contradict it. */
function afterOf(before: Moment | undefined, moment: Moment): string | undefined {
  if (!before) return undefined;
  const end = before.kind === 'event' ? before.event : before.events.at(-1)!;
  const start = moment.kind === 'event' ? moment.event : moment.events[0];
  const ms = Date.parse(start.occurredAt) - Date.parse(end.occurredAt);
  return ms < 1_000 ? undefined : `${duration(ms)} later`;
}
