import { randomUUID } from 'node:crypto';
import type { Role } from '@schoolbell/identity';
import { expect } from 'vitest';
import type { ApiClient, ApiResponse } from '../../support/index.js';
import { Browser, PASSWORD, signedIn as openBrowser } from './people.js';
import type { ApiUnderTest, TenantUnderTest } from './start-api.js';

/** A user who has signed in. */
interface User {
  /** TypeID. */
  id: string;
  email: string;
  api: ApiClient;
  accessToken: string;
}

export const anEmail = (name = 'ada'): string => `${name}-${randomUUID()}@northwind.example`;

/** A new user who has signed in. @param tenant null for a user of the platform */
export async function addUser(
  api: ApiUnderTest,
  tenant: TenantUnderTest | null,
  role: Role,
): Promise<User> {
  const tenantUuid = tenant?.tenantUuid ?? null;
  const { person, browser } = await openBrowser(api, { tenantUuid, role });
  return {
    id: person.id,
    email: person.email,
    api: browser.api,
    accessToken: browser.accessToken!,
  };
}

/** Posts without an account, from a new device and address. */
export async function postAsStranger(
  { url }: ApiUnderTest,
  path: string,
  body: object,
): Promise<ApiResponse<any> & { api: ApiClient }> {
  const browser = new Browser(url);
  const answer = await browser.post(path, body);
  return { ...answer, api: browser.api };
}

export function signIn(api: ApiUnderTest, email: string, password = PASSWORD, code?: string) {
  return postAsStranger(api, '/v1/auth/login', { email, password, ...(code && { code }) });
}

/** The client of a user whom a call has just let in. */
export function letIn({
  status,
  body,
  api,
}: Awaited<ReturnType<typeof postAsStranger>>): ApiClient {
  expect(status, JSON.stringify(body)).toBe(200);
  return api;
}

/** The valid tokens of the links that a person was sent, newest first, as the platform sees them. */
export async function linksOf(
  { platform }: Pick<ApiUnderTest, 'platform'>,
  email: string,
): Promise<string[]> {
  const { body } = await platform.get('/v1/mails?limit=100');
  return body.data
    .filter(({ to }: { to: string }) => to === email)
    .flatMap(({ text }: { text: string }) => /#token=(\w+)/.exec(text)?.[1] ?? []);
}
