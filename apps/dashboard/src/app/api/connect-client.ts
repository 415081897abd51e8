import { client } from '@schoolbell/api-client';
import { problemOf } from './api-problem.ts';
import { chosenTenant } from './chosen-tenant.ts';
import { BASE, session } from './session-of-page.ts';

/** Has the generated client speak for whoever is signed in. */
export function connectClient(): void {
  client.setConfig({ baseUrl: BASE, fetch: withSession, throwOnError: true });
  client.interceptors.error.use((error, response) => problemOf(error, response));
}

/** Signing in and the like: their 401 says something about what was entered, and they need no token. */
const WITHOUT_TOKEN = /\/v1\/auth\//;

/** A call with a token; if that has just ended, once more with the next one. */
async function withSession(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  if (WITHOUT_TOKEN.test(new URL(request.url).pathname)) return fetch(request);
  const again = request.clone();
  const response = await fetch(withToken(request, await session.accessToken()));
  if (response.status !== 401) return response;
  const token = await session.renew();
  return token === undefined ? response : fetch(withToken(again, token));
}

function withToken(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`);
  const tenant = chosenTenant.get();
  if (tenant !== undefined) request.headers.set('X-Tenant-Id', tenant);
  return request;
}
