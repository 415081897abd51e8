import type { Schoolbell } from '../../../support/index.js';
import type { OpenApiOperation } from '../openapi.js';
import { Browser, type Person, signedIn } from '../people.js';
import type { KnownIds } from './known-ids.js';

const SESSIONS = '/v1/me/sessions';

/**
 * Signs in one user for each operation that needs one: what one user does, such as ending sessions, does not affect the
 * others. The installation has to trust `X-Forwarded-For`, since each user has their own address.
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

/** @returns the id of another session */
async function open(apiUrl: string, person: Person): Promise<string> {
  const browser = new Browser(apiUrl);
  await browser.signIn(person);
  return (await browser.api.get(SESSIONS)).body.data[0].id;
}
