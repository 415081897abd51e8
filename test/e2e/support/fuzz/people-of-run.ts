import type { Schoolbell } from '../../../support/index.js';
import type { OpenApiOperation } from '../openapi.js';
import { Browser, type Person, signedIn } from '../people.js';
import type { KnownIds } from './known-ids.js';

const SESSIONS = '/v1/me/sessions';

/**
 * Somebody who has signed in for each operation that wants a user: what one does, such as ending sessions, takes
 * nothing from the others. The installation has to believe `X-Forwarded-For`, since each has an address of their own.
 *
 * @returns access tokens
 */
export async function signInForEach(
  { apiUrl, database, tenantUuid }: Schoolbell,
  operations: readonly OpenApiOperation[],
  ids: KnownIds,
): Promise<Map<OpenApiOperation, string>> {
  const tokens = new Map<OpenApiOperation, string>();
  for (const operation of operations) {
    if (operation['x-permission'] !== 'user') continue;
    const { person, browser } = await signedIn({ url: apiUrl, database }, { tenantUuid });
    tokens.set(operation, browser.accessToken!);
    if (operation.path.startsWith(`${SESSIONS}/`)) ids.add(SESSIONS, await open(apiUrl, person));
  }
  return tokens;
}

/** @returns the id of one more session */
async function open(apiUrl: string, person: Person): Promise<string> {
  const browser = new Browser(apiUrl);
  await browser.signIn(person);
  return (await browser.api.get(SESSIONS)).body.data[0].id;
}
