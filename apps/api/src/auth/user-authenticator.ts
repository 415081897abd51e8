import type { IncomingHttpHeaders } from 'node:http';
import { Logger } from '@nestjs/common';
import { isPlatformRole, type Permission, ROLE_PERMISSIONS } from '@schoolbell/identity';
import type { LiveSession, SessionRepository } from '@schoolbell/persistence';
import { LRUCache } from 'lru-cache';
import type { AccessTokenClaims, AccessTokens } from './access-tokens.js';
import type { UserPrincipal } from './principal.js';

/**
 * How long a session that was found is believed, from when it was asked for. Signing out, another role and the end of
 * a user act at once in the process that did it, and in the others after this. Source: `security.md`, sessions, 1.
 */
const BELIEVED_MS = 5_000;

const MAX_CACHED = 10_000;

interface Known {
  principal: UserPrincipal;
  /** When it was asked for. Unix milliseconds, as all here. */
  askedAt: number;
  expiresAt: number;
  /** The refresh token that the client is known to have. */
  presented: number;
}

/** Tells which user a request's access token is of. */
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

  /** @returns at once for a session seen a moment ago; `undefined` for a bad token, or a session that is over */
  authenticate(
    headers: IncomingHttpHeaders,
  ): UserPrincipal | undefined | Promise<UserPrincipal | undefined> {
    const claims = this.tokens.read(headers);
    if (!claims) return undefined;
    const known = this.known.get(claims.sessionId);
    if (known && this.isBelieved(known)) return this.admit(claims, known);
    return this.load(claims.sessionId).then((found) => found && this.admit(claims, found));
  }

  /** Forgets one session, which just ended. @param sessionId UUID */
  forget(sessionId: string): void {
    this.known.delete(sessionId);
    this.loading.delete(sessionId);
  }

  /** Forgets every session, so that one that just ended, or whose user changed, is looked up again from now on. */
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

  /** Not when the clock was put back: a session that ended would be believed for as long. */
  private isBelieved({ askedAt }: Known): boolean {
    const now = this.now();
    return askedAt <= now && now < askedAt + BELIEVED_MS;
  }

  /** One look-up at a time for each session; calls in the meantime get its answer. */
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

  /** @param isCurrent false once {@link forget} or {@link forgetAll} overtook the look-up: it must not be believed any further */
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

  /** Nobody waits for this. Where it fails, the token before is answered for longer than it should be. */
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

/** A role that a newer version made up grants nothing, and neither does one of the platform within a tenant. */
function permissionsOf({ role, tenantId }: LiveSession): readonly Permission[] {
  const belongs = isPlatformRole(role) === (tenantId === null);
  return belongs ? (ROLE_PERMISSIONS[role] ?? []) : [];
}
