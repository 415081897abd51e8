import { createSecretKey } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { JwtService } from '@nestjs/jwt';
import { fromTypeId, toTypeId } from '@schoolbell/ids';
import type { SessionUser } from '@schoolbell/persistence';
import { ExtractJwt, Strategy } from 'passport-jwt';

/** How long an access token lasts. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

const ALGORITHM = 'HS256';
const ISSUER = 'schoolbell';
const AUDIENCE = 'schoolbell-api';

/**
 * The claims that are read from an access token. Role and tenant are for clients only: what counts is in the database.
 */
export interface AccessTokenClaims {
  /** UUID of the user. */
  userId: string;
  /** UUID. */
  sessionId: string;
  /** Number of the refresh token that was issued with it. */
  refreshNumber: number;
}

/** The content of an access token. */
interface Grant {
  user: SessionUser;
  /** UUID. */
  sessionId: string;
  refreshNumber: number;
}

/** Signs and reads access tokens: JWTs of one algorithm, with a key of their own. */
export class AccessTokens {
  private readonly jwt: JwtService;
  private readonly strategy: Strategy;

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.jwt = new JwtService({
      secret: key,
      signOptions: { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE },
    });
    this.strategy = strategyOf(key);
  }

  sign({ user, sessionId, refreshNumber }: Grant): string {
    const claims = {
      sub: toTypeId('user', user.id),
      tid: user.tenantId && toTypeId('tenant', user.tenantId),
      role: user.role,
      sid: toTypeId('session', sessionId),
      rtn: refreshNumber,
    };
    return this.jwt.sign(claims, { expiresIn: ACCESS_TOKEN_SECONDS });
  }

  /** @returns `undefined` unless the request has a token that Schoolbell signed and that has not expired */
  read({
    authorization,
  }: Pick<IncomingHttpHeaders, 'authorization'>): AccessTokenClaims | undefined {
    let claims: AccessTokenClaims | undefined;
    // As passport itself does: a strategy reports its result by calling methods on itself.
    const attempt = Object.assign(Object.create(this.strategy) as Strategy, {
      success: (read: AccessTokenClaims) => {
        claims = read;
      },
      fail: () => undefined,
      error: (error: Error) => {
        throw error;
      },
    });
    attempt.authenticate({ headers: { authorization } } as never);
    return claims;
  }
}

function strategyOf(key: Buffer): Strategy {
  // A key object: bytes would be tried as a public key first, for each token.
  const secret = createSecretKey(key);
  return new Strategy(
    {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_request, _token, done) => done(null, secret as never),
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
    },
    (payload: unknown, done) => done(null, claimsOf(payload) ?? false),
  );
}

function claimsOf(payload: unknown): AccessTokenClaims | undefined {
  const { sub, sid, rtn } = payload as Record<string, unknown>;
  const userId = fromTypeId('user', String(sub));
  const sessionId = fromTypeId('session', String(sid));
  return userId && sessionId && typeof rtn === 'number'
    ? { userId, sessionId, refreshNumber: rtn }
    : undefined;
}
