import type { Session } from '../session/session.ts';
import { ApiProblem } from './api-problem.ts';

/** Signing in and the like: their 401 says something about what was entered, and they need no token. */
const WITHOUT_TOKEN = /\/v1\/auth\//;

interface Parts {
  session: Pick<Session, 'accessToken' | 'holder' | 'renew'>;
  /** Of the tenant that a user of the platform looks at. */
  tenantId: () => string | undefined;
  send?: typeof fetch;
}

/**
 * Calls with the token of whoever is signed in; if that has just ended, once more with the next one. What one person
 * began is never done in the name of another, nor to another tenant: in another tab somebody else may sign in meanwhile.
 */
export function withSession({ session, tenantId, send = fetch }: Parts): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (WITHOUT_TOKEN.test(new URL(request.url).pathname)) return send(request);
    const tenant = tenantId();
    // A call that names a tenant itself means that one.
    if (tenant !== undefined && !request.headers.has('X-Tenant-Id')) {
      request.headers.set('X-Tenant-Id', tenant);
    }
    const { holder } = session;
    const again = request.clone();
    const token = await session.accessToken();
    requireSame(session, holder, token);
    const response = await send(authorized(request, token));
    if (response.status !== 401) return response;
    const next = await session.renew(token);
    requireSame(session, holder, next);
    return send(authorized(again, next));
  };
}

/** @throws ApiProblem when nobody is signed in any more, or somebody else is */
function requireSame(
  session: Parts['session'],
  holder: string | undefined,
  token: string | undefined,
): asserts token is string {
  if (token === undefined) {
    throw new ApiProblem(401, 'unauthenticated', 'Your session has ended. Sign in again.');
  }
  if (holder !== undefined && holder !== session.holder) {
    throw new ApiProblem(
      401,
      'unauthenticated',
      'Somebody else has signed in with this browser. Nothing was changed.',
    );
  }
}

function authorized(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}
