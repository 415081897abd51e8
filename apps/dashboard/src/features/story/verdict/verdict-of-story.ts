import type { EventRejectionDocument } from '@schoolbell/api-client';
import type { StorySession } from '../sessions.ts';
import { VERDICT_KINDS, type Verdict } from './verdict.ts';
import type { Telling } from './telling.ts';
import { verdictOfDeliveries } from './verdict-of-deliveries.ts';
import { type Outcome, type Retried, verdictOfRetried } from './verdict-of-retried.ts';
import { verdictOfRejection, verdictOfSession } from './verdict-of-session.ts';

export interface ToldSession {
  session: StorySession;
  verdict: Verdict | undefined;
}

export interface ToldStory {
  sessions: readonly ToldSession[];
  /** The verdict on the whole story; undefined if it has no session and nothing was refused. */
  verdict: Verdict | undefined;
  /** The session that the verdict is about. */
  about: StorySession | undefined;
  /** The outcome of the retry that the verdict is about, if any. */
  outcome?: Outcome | undefined;
  /** Further sessions whose completion has not arrived. */
  others: readonly StorySession[];
}

/** Told only of the newest session: learners leave many sessions unfinished. */
const ONLY_OF_THE_NEWEST = new Set(['unreported', 'on_its_way', 'arrived']);

/** Tells each session, and the whole story by the gravest one; among equally grave ones by the newest. */
export function tellStory(
  sessions: readonly StorySession[],
  rejections: readonly EventRejectionDocument[],
  telling: Telling,
  retried?: Retried,
): ToldStory {
  const told = sessions.map((session) => ({
    session,
    verdict: verdictOfSession(session, rejections, telling),
  }));
  const pinned = retried && ofRetried(told, retried, telling);
  if (pinned) return pinned;
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  // Its session has no event, or it names none: nothing else on the page shows it.
  const stray = rejections.find(({ sessionId }) => sessionId === null || !known.has(sessionId));
  const refused = stray && { session: undefined, verdict: verdictOfRejection(stray, telling) };
  const withVerdict = told.filter((one) => one.verdict !== undefined);
  const candidates = [...withVerdict, ...(refused ? [refused] : [])].filter(
    ({ verdict }, index) => index === 0 || !ONLY_OF_THE_NEWEST.has(verdict!.kind),
  );
  const [gravest] = candidates.toSorted(
    (one, other) => graveness(one.verdict) - graveness(other.verdict),
  );
  const about = gravest?.session;
  const others = missing(told).filter((session) => session !== about);
  return { sessions: told, verdict: gravest?.verdict, about, others };
}

/** The verdict on what was sent again, even if another session is graver. */
function ofRetried(
  told: readonly ToldSession[],
  retried: Retried,
  telling: Telling,
): ToldStory | undefined {
  for (const { session } of told) {
    const completed = session.events.find(({ id }) => id === retried.eventId);
    if (!completed?.deliveries.some(({ id }) => retried.before.has(id))) continue;
    const deliveries = completed.deliveries.filter(({ id }) => !retried.before.has(id));
    const rest = verdictOfDeliveries({ ...completed, deliveries }, telling);
    const others = missing([
      ...told.filter((one) => one.session !== session),
      { session, verdict: rest },
    ]);
    return {
      sessions: told,
      about: session,
      others,
      ...verdictOfRetried(completed, retried, telling),
    };
  }
  return undefined;
}

const missing = (told: readonly ToldSession[]): StorySession[] =>
  told
    .filter(({ verdict }) => verdict?.kind === 'dead' || verdict?.kind === 'failing')
    .map(({ session }) => session);

const graveness = (verdict: Verdict | undefined): number =>
  verdict ? VERDICT_KINDS.indexOf(verdict.kind) : VERDICT_KINDS.length;
