import type { EventRejectionDocument } from '@schoolbell/api-client';
import { statusText } from '../../../ui/status-text.ts';
import { detailsOf, labelOf } from '../event-words.ts';
import type { StorySession } from '../sessions.ts';
import type { Verdict } from './verdict.ts';
import type { Telling } from './telling.ts';
import { verdictOfDeliveries } from './verdict-of-deliveries.ts';

/** What became of a session's completion; undefined for events without a session. */
export function verdictOfSession(
  session: StorySession,
  rejections: readonly EventRejectionDocument[],
  telling: Telling,
): Verdict | undefined {
  const { sessionId, completed, events } = session;
  if (completed) return verdictOfDeliveries(completed, telling);
  if (!events.some(({ type }) => type.startsWith('session.'))) return undefined;
  const refused = rejections.find((one) => sessionId !== undefined && one.sessionId === sessionId);
  return refused ? verdictOfRejection(refused, telling) : unreported(session, telling);
}

/** For a post that the API refused: there is no event. */
export function verdictOfRejection(
  { id, status, code, at, errors, detail, type }: EventRejectionDocument,
  telling: Pick<Telling, 'at'>,
): Verdict {
  const fault = errors[0] ? `${errors[0].path || 'body'} ${errors[0].message}` : detail;
  return {
    kind: 'refused',
    title: `A post was refused at the door: ${statusText(status)}`,
    text: `${type ?? 'A post'} was refused ${telling.at(at)} with ${status} ${code}: ${withStop(fault)} So there is no event.`,
    next:
      status === 503
        ? 'Have the runtime post it again: the failure was on our side, and will pass.'
        : 'Have the runtime correct that and post the event again.',
    turn: 'runtime',
    rejectionId: id,
  };
}

function unreported({ launched, events }: StorySession, telling: Telling): Verdict {
  const last = events.at(-1)!;
  const began = launched
    ? `It was launched ${telling.at(launched.occurredAt)}`
    : `Its first event here is from ${telling.at(events[0]!.occurredAt)}`;
  const details = detailsOf(last);
  const lastReport =
    last === launched || events.length === 1
      ? ', and nothing was reported since'
      : `; the last report, ${telling.at(last.occurredAt)}, is ${labelOf(last).toLowerCase()}${details && ` (${details})`}`;
  return {
    kind: 'unreported',
    title: 'No completion was reported for this session',
    text: `${began}${lastReport}. No session.completed was accepted, so there is nothing to send.`,
    next: 'Ask the runtime whether the learner completed it, and whether it posted that.',
    turn: 'runtime',
    eventId: last.id,
  };
}

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
