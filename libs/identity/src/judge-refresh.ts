/** Both of two tabs that refresh at once are answered within this time. */
export const REFRESH_GRACE_SECONDS = 30;
/** A session that is not refreshed for this long is over. */
export const SESSION_IDLE_SECONDS = 7 * 86_400;
/** A session is over after this time, however much it is used. */
export const SESSION_MAX_SECONDS = 30 * 86_400;

/** What is stored of a session's refresh tokens. */
export interface SessionState {
  /** Of the refresh token that is current. */
  tokenNumber: number;
  /** When it became so. */
  rotatedAt: Date;
  /** Whether the client is known to have it: an access token that came with it was used. */
  presented: boolean;
  lastUsedAt: Date;
  /** The latest end. */
  expiresAt: Date;
  endedAt: Date | null;
}

/** What a genuine refresh token means for its session. */
export type RefreshVerdict =
  /** The current one: the next one becomes current. */
  | { kind: 'rotated'; number: number }
  /** The one before, from a client that may not have got the answer: it gets the same one. */
  | { kind: 'repeated'; number: number }
  /** One that its owner had replaced long ago: somebody else has a copy. */
  | { kind: 'reused' }
  /** The session has ended, or lasted too long. */
  | { kind: 'over' };

/**
 * Judges the refresh token with this number. Two tabs refresh at once, and a lid is closed before the answer comes:
 * both present the token before the current one, and are answered the same again. Source: `security.md`, sessions, 3.
 */
export function judgeRefresh(session: SessionState, number: number, now: Date): RefreshVerdict {
  const { tokenNumber, presented } = session;
  if (isOver(session, now)) return { kind: 'over' };
  if (number === tokenNumber) return { kind: 'rotated', number: tokenNumber + 1 };
  const isPrevious = number === tokenNumber - 1;
  const inGrace = secondsBetween(session.rotatedAt, now) < REFRESH_GRACE_SECONDS;
  return isPrevious && (inGrace || !presented)
    ? { kind: 'repeated', number: tokenNumber }
    : { kind: 'reused' };
}

/** When a session is over unless it is refreshed before. */
export function endOfSession({
  expiresAt,
  lastUsedAt,
}: Pick<SessionState, 'expiresAt' | 'lastUsedAt'>): Date {
  const idleEnd = lastUsedAt.getTime() + SESSION_IDLE_SECONDS * 1000;
  return new Date(Math.min(expiresAt.getTime(), idleEnd));
}

/** Whether nobody can use the session any more. */
export function isOver(
  session: Pick<SessionState, 'endedAt' | 'expiresAt' | 'lastUsedAt'>,
  now: Date,
): boolean {
  return session.endedAt !== null || endOfSession(session) <= now;
}

function secondsBetween(earlier: Date, later: Date): number {
  return (later.getTime() - earlier.getTime()) / 1000;
}
