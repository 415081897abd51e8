import type { SessionAdapter } from './session.ts';
import type { Tokens } from './tokens.ts';

/** By the HttpOnly cookie that signing in set. Bare `fetch`: calls of the client wait for a token themselves. */
export function cookieAdapter(baseUrl: string): SessionAdapter {
  const post = (path: string) =>
    fetch(`${baseUrl}/v1/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      credentials: 'same-origin',
    });
  return {
    renew: async () => {
      const response = await post('refresh');
      if (response.status === 401) return undefined;
      if (!response.ok) throw new Error(`The session could not be renewed: ${response.status}`);
      return (await response.json()) as Tokens;
    },
    end: async () => {
      await post('logout');
    },
  };
}
