import { uuidV7 } from '@schoolbell/ids';
import { type SessionEndedFacts } from '@schoolbell/notices';
import { judgeRefresh, type RefreshToken } from '@schoolbell/identity';
import { Prisma } from '../../generated/client.js';
import { actorOfUser } from '../users/user-record.js';
import { endSessions } from './end-sessions.js';
import { SESSION_COLUMNS } from './session-columns.js';
import type { SessionRecord, SessionUser, Visit } from './session-record.js';

/** What became of a refresh token that was presented. */
export type RefreshOutcome =
  /** The token with this number is to be given out. */
  { kind: 'refreshed'; sessionId: string; number: number; user: SessionUser } | { kind: 'refused' };

type Tx = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>;
type LockedSession = SessionRecord & Pick<SessionUser, 'email' | 'role'> & { now: Date };

/** Judges a genuine refresh token, and does what follows from it, with the session's row locked. */
export async function refreshSession(
  tx: Tx,
  { sessionId, number }: RefreshToken,
  visit: Visit,
): Promise<RefreshOutcome> {
  const session = await lockSession(tx, sessionId);
  if (!session) return { kind: 'refused' };
  const { userId, tenantId, email, role } = session;
  const user = { id: userId, tenantId, email, role };
  const verdict = judgeRefresh(session, number, session.now);
  switch (verdict.kind) {
    case 'rotated':
      await rotate(tx, sessionId, verdict.number, visit);
      return { kind: 'refreshed', sessionId, number: verdict.number, user };
    case 'repeated':
      return { kind: 'refreshed', sessionId, number: verdict.number, user };
    case 'reused':
      await endAsReused(tx, sessionId, user, visit);
      return { kind: 'refused' };
    case 'over':
      return { kind: 'refused' };
  }
}

async function lockSession(tx: Tx, id: string): Promise<LockedSession | undefined> {
  // The clock, not the beginning of the transaction: it may have waited for the lock.
  const [session] = await tx.$queryRaw<LockedSession[]>`
    SELECT ${SESSION_COLUMNS}, u.email, u.role, clock_timestamp() AS now
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.id = ${id}::uuid FOR UPDATE OF s`;
  return session;
}

async function rotate(tx: Tx, id: string, number: number, visit: Visit): Promise<void> {
  await tx.$executeRaw`
    UPDATE user_sessions
    SET token_number = ${number}, rotated_at = clock_timestamp(), presented = false,
      last_used_at = clock_timestamp(), address = ${visit.address}, user_agent = ${visit.userAgent}
    WHERE id = ${id}::uuid`;
}

async function endAsReused(tx: Tx, id: string, user: SessionUser, visit: Visit): Promise<void> {
  const { address, userAgent, requestId } = visit;
  const author = { actor: actorOfUser(user), address, requestId };
  await endSessions(tx, author, { userId: user.id, id, reason: 'token_reused' });
  const facts: SessionEndedFacts = { address, userAgent };
  await tx.$executeRaw`
    INSERT INTO mails (id, tenant_id, kind, recipient, facts)
    VALUES (${uuidV7()}::uuid, ${user.tenantId}::uuid, 'session.ended', ${user.email}, ${facts}::jsonb)`;
}
