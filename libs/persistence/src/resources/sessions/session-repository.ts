import { toTypeId, uuidV7 } from '@schoolbell/ids';
import {
  type Author,
  type RefreshToken,
  type Role,
  SESSION_IDLE_SECONDS,
  SESSION_MAX_SECONDS,
} from '@schoolbell/identity';
import { asTenantOrPlatform } from '../../database/as-tenant.js';
import type { Database } from '../../database/database.js';
import { recordChange } from '../../database/record-change.js';
import { lockAsChecked } from '../users/lock-as-checked.js';
import { actorOfUser } from '../users/user-record.js';
import { endSessions, type SessionsToEnd } from './end-sessions.js';
import { IS_LIVE } from './is-live.js';
import { SESSION_COLUMNS } from './session-columns.js';
import { type RefreshOutcome, refreshSession } from './refresh-session.js';
import type { CheckedUser, SessionRecord, SessionUser, Visit } from './session-record.js';

type OfUser = Pick<SessionUser, 'id' | 'tenantId'>;

/** As many as are not over at once, of one user: more than anybody has devices. */
const MOST_SESSIONS = 50;

/** A session that is not over, and its user as they are now. */
export interface LiveSession extends Pick<SessionRecord, 'id' | 'tokenNumber' | 'presented'> {
  userId: string;
  tenantId: string | null;
  email: string;
  role: Role;
  expiresAt: Date;
  /** The tenant requires a second factor, and the user has none yet. */
  mustEnrol: boolean;
}

const LIVE_SESSION = `
SELECT s.id, s.token_number AS "tokenNumber", s.presented, s.expires_at AS "expiresAt", u.id AS "userId",
  u.tenant_id AS "tenantId", u.email, u.role,
  u.totp_confirmed_at IS NULL AND coalesce(t.second_factor_required, false) AS "mustEnrol"
FROM user_sessions s JOIN users u ON u.id = s.user_id LEFT JOIN tenants t ON t.id = u.tenant_id
WHERE s.id = $1 AND s.ended_at IS NULL AND s.expires_at > now()
  AND s.last_used_at > now() - $2 * interval '1 second'`;

/** Opens, refreshes, lists and ends sessions. Times are by the clock of the database, which all processes share. */
export class SessionRepository {
  constructor(private readonly db: Pick<Database, 'prisma' | 'authPool'>) {}

  /**
   * Notes the login with the user, and ends the oldest sessions of those who have too many.
   *
   * @returns the session, whose refresh token has the number 0; `undefined` when the user is gone, or has another
   *   password or second factor than was checked
   */
  async open(
    user: CheckedUser,
    { address, userAgent, requestId }: Visit,
  ): Promise<SessionRecord | undefined> {
    const id = uuidV7();
    const { tenantId } = user;
    const author = { actor: actorOfUser(user), address, requestId };
    return asTenantOrPlatform(this.db, user.tenantId, async (tx) => {
      if (!(await lockAsChecked(tx, user))) return undefined;
      const [session] = await tx.$queryRaw<SessionRecord[]>`
        INSERT INTO user_sessions AS s (id, user_id, tenant_id, address, user_agent, expires_at)
        VALUES (${id}::uuid, ${user.id}::uuid, ${tenantId}::uuid, ${address}, ${userAgent},
          now() + ${SESSION_MAX_SECONDS} * interval '1 second')
        RETURNING ${SESSION_COLUMNS}`;
      await tx.$executeRaw`UPDATE users SET last_login_at = now() WHERE id = ${user.id}::uuid`;
      const resource = { kind: 'session', id: toTypeId('session', id) };
      await recordChange(tx, author, { tenantId, action: 'session.opened', resource });
      const others = { userId: user.id, except: id, beyond: MOST_SESSIONS - 1 };
      await endSessions(tx, author, { ...others, reason: 'too_many' });
      return session;
    });
  }

  /** What a genuine refresh token does, with the session locked: the second of two that come at once waits. */
  async refresh(token: RefreshToken, visit: Visit): Promise<RefreshOutcome> {
    return this.db.prisma.$transaction((tx) => refreshSession(tx, token, visit));
  }

  /**
   * Those that are not over, newest first.
   *
   * @param page.before only sessions with a smaller id
   */
  async list(
    user: OfUser,
    page: { before?: string | undefined; limit: number },
  ): Promise<SessionRecord[]> {
    const before = page.before ?? null;
    return asTenantOrPlatform(
      this.db,
      user.tenantId,
      (tx) => tx.$queryRaw<SessionRecord[]>`
        SELECT ${SESSION_COLUMNS} FROM user_sessions s
        WHERE s.user_id = ${user.id}::uuid AND ${IS_LIVE}
          AND (${before}::uuid IS NULL OR s.id < ${before}::uuid)
        ORDER BY s.id DESC LIMIT ${page.limit}`,
    );
  }

  /** Every request of a user waits for this, so it has connections of its own. @param id UUID */
  async find(id: string): Promise<LiveSession | undefined> {
    const { rows } = await this.db.authPool.query<LiveSession>({
      name: 'find-session',
      text: LIVE_SESSION,
      values: [id, SESSION_IDLE_SECONDS],
    });
    return rows[0];
  }

  /**
   * Notes that the client has the refresh token with this number, so that the one before it is no longer answered.
   */
  async notePresented(id: string, number: number): Promise<void> {
    await this.db.prisma.userSession.updateMany({
      where: { id, tokenNumber: number, presented: false },
      data: { presented: true },
    });
  }

  /** @returns how many ended */
  async end(user: OfUser, author: Author, which: Omit<SessionsToEnd, 'userId'>): Promise<number> {
    return asTenantOrPlatform(this.db, user.tenantId, (tx) =>
      endSessions(tx, author, { ...which, userId: user.id }),
    );
  }

  /** Ends one session, for whoever has a token of it. @param id UUID @returns false when it was over */
  async signOut(id: string, { address, requestId }: Visit): Promise<boolean> {
    return this.db.prisma.$transaction(async (tx) => {
      const session = await tx.userSession.findUnique({ where: { id }, include: { user: true } });
      if (!session) return false;
      const author = { actor: actorOfUser(session.user), address, requestId };
      const which = { userId: session.userId, id, reason: 'signed_out' } as const;
      return (await endSessions(tx, author, which)) > 0;
    });
  }
}
