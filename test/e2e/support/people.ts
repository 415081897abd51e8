import { randomInt, randomUUID } from 'node:crypto';
import type { Role } from '@schoolbell/identity';
import { PasswordHasher } from '@schoolbell/passwords';
import { uuidV7, toTypeId } from '@schoolbell/ids';
import { apiClient, type ApiClient, type ApiResponse } from '../../support/index.js';
import type { ApiUnderTest } from './start-api.js';

export const PASSWORD = 'correct horse battery staple';

/** A person who can sign in with {@link PASSWORD}. */
export interface Person {
  /** TypeID. */
  id: string;
  uuid: string;
  email: string;
}

type Installation = Pick<ApiUnderTest, 'url' | 'database'>;

/** Hashed once for all people, since it takes 30 ms. */
const hashed = new PasswordHasher().hash(PASSWORD);

/** @param tenantUuid null for a user of the platform */
export async function addPerson(
  { database }: Pick<Installation, 'database'>,
  { tenantUuid, role = 'owner' }: { tenantUuid: string | null; role?: Role },
): Promise<Person> {
  const uuid = uuidV7();
  const email = `${role}-${randomUUID()}@example.com`;
  await database.query(
    `INSERT INTO users (id, tenant_id, email, name, role, password_hash) VALUES ($1, $2, $3, 'Ada', $4, $5)`,
    [uuid, tenantUuid, email, role, await hashed],
  );
  return { id: toTypeId('user', uuid), uuid, email };
}

/** A browser: it keeps cookies, and has an address. */
export class Browser {
  readonly cookies = new Map<string, string>();
  /** The cookies of the latest answer. */
  setCookies: string[] = [];
  accessToken: string | undefined;

  /** @param address as a proxy reports it; by default a new one, so that no rate limit is shared */
  constructor(
    private readonly url: string,
    readonly address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`,
  ) {}

  /** A client with the access token of the latest answer. */
  get api(): ApiClient {
    return apiClient(this.url, this.accessToken, { 'x-forwarded-for': this.address });
  }

  async signIn({ email }: Pick<Person, 'email'>, password = PASSWORD, code?: string) {
    return this.post('/v1/auth/login', { email, password, ...(code && { code }) });
  }

  refresh = () => this.post('/v1/auth/refresh');
  signOut = () => this.post('/v1/auth/logout');

  /** Posts as a page of Schoolbell would, and keeps the cookies of the answer. */
  async post(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<ApiResponse<any>> {
    const answer = await apiClient(this.url).post(path, body, {
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': this.address,
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...headers,
    });
    this.keep(answer.headers.getSetCookie());
    if (answer.body?.accessToken) this.accessToken = answer.body.accessToken;
    return answer;
  }

  /** The same browser, as it was a moment ago: what a thief copies, or another tab still has. */
  copy(): Browser {
    const copy = new Browser(this.url, this.address);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    copy.accessToken = this.accessToken;
    return copy;
  }

  private keep(setCookies: string[]): void {
    this.setCookies = setCookies;
    for (const each of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each)!;
      if (value) this.cookies.set(name!, value);
      else this.cookies.delete(name!);
    }
  }
}

/** A new user who has signed in. */
export async function signedIn(
  api: Installation,
  who: { tenantUuid: string | null; role?: Role },
): Promise<{ person: Person; browser: Browser }> {
  const person = await addPerson(api, who);
  const browser = new Browser(api.url);
  const { status, body } = await browser.signIn(person);
  if (status !== 200) throw new Error(`Not signed in: ${status} ${JSON.stringify(body)}`);
  return { person, browser };
}
