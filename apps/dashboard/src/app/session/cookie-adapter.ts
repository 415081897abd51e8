import { problemOf } from '../api/api-problem.ts';
import type { SessionAdapter } from './session.ts';
import type { Tokens } from './tokens.ts';

/** Other tabs wait until a renewal ends, so a hanging one must not hold them up for ever. */
const MOST_MS = 15_000;

/**
 * Renews and ends the session by the HttpOnly cookie. Uses bare `fetch`, since the client's calls wait for a token
 * themselves.
 */
export function cookieAdapter(baseUrl: string): SessionAdapter {
  const post = (path: string) =>
    fetch(`${baseUrl}/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
      signal: AbortSignal.timeout(MOST_MS),
    });
  return {
    renew: async () => {
      const response = await post('refresh');
      if (response.status === 401) return undefined;
      await refuseFailed(response);
      return (await response.json()) as Tokens;
    },
    end: async () => refuseFailed(await post('logout')),
  };
}

/** @throws ApiProblem */
async function refuseFailed(response: Response): Promise<void> {
  if (response.ok) return;
  throw problemOf(await response.json().catch(() => undefined), response);
}
