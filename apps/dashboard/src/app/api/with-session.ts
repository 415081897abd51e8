import type { Session } from '../session/session.ts';
import { ApiProblem } from './api-problem.ts';

/** Signing in and its like: their 401 is about what the user entered, and they need no token. */
const WITHOUT_TOKEN = /\/v1\/auth\//;

interface Parts {
  session: Pick<Session, 'accessToken' | 'holder' | 'renew'>;
  /** The tenant that a platform user looks at. */
  tenantId: () => string | undefined;
  send?: typeof fetch;
}

/**
 * Sends calls with the signed-in user's token; if it has just expired, once more with the next one. A call that one
 * user began is never repeated as another user or for another tenant: somebody else may sign in meanwhile in another
 * tab.
 */
export function withSession({ session, tenantId, send = fetch }: Parts): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    if (WITHOUT_TOKEN.test(new URL(request.url).pathname)) return send(request);
    const tenant = tenantId();
    // A call that names its tenant keeps it.
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

/** @throws ApiProblem when the user has signed out, or somebody else has signed in */
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
