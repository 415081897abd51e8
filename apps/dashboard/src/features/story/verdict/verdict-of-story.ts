import type { EventRejectionDocument } from '@schoolbell/api-client';
import type { StorySession } from '../sessions.ts';
import { VERDICT_KINDS, type Verdict } from './verdict.ts';
import type { Telling } from './verdict-of-deliveries.ts';
import { verdictOfRejection, verdictOfSession } from './verdict-of-session.ts';

export interface ToldSession {
  session: StorySession;
  verdict: Verdict | undefined;
}

export interface ToldStory {
  sessions: readonly ToldSession[];
  /** Of the whole story: undefined where it has no session, and nothing was refused. */
  verdict: Verdict | undefined;
  /** The session that the verdict is about. */
  about: StorySession | undefined;
}

/** An unfinished session is told only where it is the newest: learners leave many behind. */
const ONLY_OF_THE_NEWEST = new Set(['unreported', 'on_its_way', 'arrived']);

/** Tells each session, and the story by the gravest of them, of equally grave ones by the newest. */
export function tellStory(
  sessions: readonly StorySession[],
  rejections: readonly EventRejectionDocument[],
  telling: Telling,
): ToldStory {
  const told = sessions.map((session) => ({
    session,
    verdict: verdictOfSession(session, rejections, telling),
  }));
  const known = new Set(sessions.map(({ sessionId }) => sessionId));
  // Of a session that no event is of, or of no session: nothing else on the page tells of it.
  const stray = rejections.find(({ sessionId }) => sessionId === null || !known.has(sessionId));
  const refused = stray && { session: undefined, verdict: verdictOfRejection(stray, telling) };
  const withVerdict = told.filter((one) => one.verdict !== undefined);
  const candidates = [...withVerdict, ...(refused ? [refused] : [])].filter(
    ({ verdict }, index) => index === 0 || !ONLY_OF_THE_NEWEST.has(verdict!.kind),
  );
  const [gravest] = candidates.toSorted(
    (one, other) => graveness(one.verdict) - graveness(other.verdict),
  );
  return { sessions: told, verdict: gravest?.verdict, about: gravest?.session };
}

const graveness = (verdict: Verdict | undefined): number =>
  verdict ? VERDICT_KINDS.indexOf(verdict.kind) : VERDICT_KINDS.length;
