import type { IncomingHttpHeaders } from 'node:http';
import { Logger } from '@nestjs/common';
import { isPlatformRole, type Permission, ROLE_PERMISSIONS } from '@schoolbell/identity';
import type { LiveSession, SessionRepository } from '@schoolbell/persistence';
import { LRUCache } from 'lru-cache';
import type { AccessTokenClaims, AccessTokens } from './access-tokens.js';
import type { UserPrincipal } from './principal.js';

/**
 * How long a session is taken as valid after it was looked up. Signing out, a new role and the removal of a user take
 * effect at once in the process that did it, in the others after this time. Source: `security.md`, sessions, 1.
 */
const BELIEVED_MS = 5_000;

const MAX_CACHED = 10_000;

interface Known {
  principal: UserPrincipal;
  /** When it was looked up. Unix milliseconds, like all times here. */
  askedAt: number;
  expiresAt: number;
  /** Number of the refresh token that the client is known to have. */
  presented: number;
}

/** Finds the user whose access token a request is sent with. */
export class UserAuthenticator {
  private readonly logger = new Logger(UserAuthenticator.name);
  /** By the session's UUID. */
  private readonly known = new LRUCache<string, Known>({ max: MAX_CACHED });
  private readonly loading = new Map<string, Promise<Known | undefined>>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly sessions: Pick<SessionRepository, 'find' | 'notePresented'>,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @returns at once for a session that was used a moment ago; `undefined` for a bad token, or a session that has ended
   */
  authenticate(
    headers: IncomingHttpHeaders,
  ): UserPrincipal | undefined | Promise<UserPrincipal | undefined> {
    const claims = this.tokens.read(headers);
    if (!claims) return undefined;
    const known = this.known.get(claims.sessionId);
    if (known && this.isBelieved(known)) return this.admit(claims, known);
    return this.load(claims.sessionId).then((found) => found && this.admit(claims, found));
  }

  /** Forgets one session, which has just ended. @param sessionId UUID */
  forget(sessionId: string): void {
    this.known.delete(sessionId);
    this.loading.delete(sessionId);
  }

  /** Forgets every session, so that one that has just ended, or whose user changed, is looked up again. */
  forgetAll(): void {
    this.known.clear();
    this.loading.clear();
  }

  private admit({ userId, sessionId, refreshNumber }: AccessTokenClaims, known: Known) {
    if (known.principal.id !== userId || known.expiresAt <= this.now()) return undefined;
    if (refreshNumber > known.presented) {
      known.presented = refreshNumber;
      this.notePresented(sessionId, refreshNumber);
    }
    return known.principal;
  }

  /** Not if the clock was set back: a session that has ended would stay valid for as long. */
  private isBelieved({ askedAt }: Known): boolean {
    const now = this.now();
    return askedAt <= now && now < askedAt + BELIEVED_MS;
  }

  /** One look-up at a time for each session; calls meanwhile share its answer. */
  private load(sessionId: string): Promise<Known | undefined> {
    const running = this.loading.get(sessionId);
    if (running) return running;
    const loading = this.lookUp(sessionId, () => this.loading.get(sessionId) === loading);
    this.loading.set(sessionId, loading);
    const forget = (): void => {
      if (this.loading.get(sessionId) === loading) this.loading.delete(sessionId);
    };
    loading.then(forget, forget);
    return loading;
  }

  /**
   * @param isCurrent false once {@link forget} or {@link forgetAll} overtook the look-up: its answer must not be kept
   */
  private async lookUp(sessionId: string, isCurrent: () => boolean): Promise<Known | undefined> {
    const askedAt = this.now();
    const session = await this.sessions.find(sessionId);
    if (!session) {
      this.known.delete(sessionId);
      return undefined;
    }
    const known = knownOf(session, askedAt);
    if (isCurrent()) this.known.set(sessionId, known);
    return known;
  }

  /** Nobody waits for this. If it fails, the token before stays usable for longer than it should. */
  private notePresented(sessionId: string, number: number): void {
    this.sessions.notePresented(sessionId, number).catch((error: unknown) => {
      this.logger.warn(`Could not note that a refresh token arrived: ${String(error)}`);
    });
  }
}

function knownOf(session: LiveSession, askedAt: number): Known {
  return {
    principal: principalOf(session),
    askedAt,
    expiresAt: session.expiresAt.getTime(),
    presented: session.presented ? session.tokenNumber : session.tokenNumber - 1,
  };
}

function principalOf(session: LiveSession): UserPrincipal {
  const { id, userId, tenantId, email, role, mustEnrol } = session;
  const permissions = new Set(permissionsOf(session));
  const user = { kind: 'user', id: userId, name: email, tenantId, permissions } as const;
  return { ...user, role, sessionId: id, mustEnrol };
}

/** A role that only a newer version knows grants nothing, and neither does a platform role within a tenant. */
function permissionsOf({ role, tenantId }: LiveSession): readonly Permission[] {
  const belongs = isPlatformRole(role) === (tenantId === null);
  return belongs ? (ROLE_PERMISSIONS[role] ?? []) : [];
}
