import { randomBytes } from 'node:crypto';
import { toTypeId, uuidV7 } from '@schoolbell/ids';
import { makeRecoveryCodes, makeTotpSecret, type Role, totpCode } from '@schoolbell/identity';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessTokens } from '../../apps/api/src/auth/access-tokens.js';
import { deriveAuthKeys } from '../../apps/api/src/auth/auth-keys.js';
import { apiClient, eventually } from '../support/index.js';
import { addPerson, Browser, PASSWORD, type Person, signedIn } from './support/people.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;
beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

const ofTenant = () => ({ tenantUuid: tenant.tenantUuid });

/** Status and code of a login, from an address of its own unless one is given. */
async function login(
  who: { email: string },
  password = PASSWORD,
  code?: string,
  browser = new Browser(api.url),
) {
  const { status, body } = await browser.signIn(who, password, code);
  return [status, body.code];
}

describe('a login', () => {
  it('is refused alike for an unknown e-mail address and for a wrong password', async () => {
    const person = await addPerson(api, ofTenant());
    const browser = new Browser(api.url);
    const wrong = await browser.signIn(person, 'wrong horse battery staple');
    const unknown = await browser.signIn({ email: 'nobody@example.com' });
    const { requestId: _one, ...body } = wrong.body;
    expect(body).toMatchObject({ status: 401, code: 'invalid_credentials' });
    expect(unknown.body).toEqual({ ...body, requestId: expect.any(String) });
    expect([...unknown.headers.keys()].sort()).toEqual([...wrong.headers.keys()].sort());
    expect([wrong.status, unknown.status, browser.cookies.size]).toEqual([401, 401, 0]);
  });

  it('takes as long for an unknown e-mail address as for a wrong password', async () => {
    const person = await addPerson(api, ofTenant());
    const unknown = { email: 'nobody@example.com' };
    const cost = { wrong: Infinity, unknown: Infinity };
    // In turns and the least of each, which has nothing in it of what else this process does, such as compiling.
    for (let round = 0; round < 8; round++) {
      cost.wrong = Math.min(cost.wrong, await cpuOf(person));
      cost.unknown = Math.min(cost.unknown, await cpuOf(unknown));
    }
    const ratio = cost.unknown / cost.wrong;
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  /** CPU time of a login in this process, which the API is part of: other processes do not change it. Microseconds. */
  async function cpuOf(who: { email: string }): Promise<number> {
    const start = process.cpuUsage();
    await login(who, 'wrong horse battery staple');
    const { user, system } = process.cpuUsage(start);
    return user + system;
  }

  it('does not care how the e-mail address is written', async () => {
    const person = await addPerson(api, ofTenant());
    expect(await login({ email: ` ${person.email.toUpperCase()} ` })).toEqual([200, undefined]);
  });

  it('of somebody who has not accepted the invitation yet is refused like any other', async () => {
    const person = await addPerson(api, ofTenant());
    await api.database.query('UPDATE users SET password_hash = NULL WHERE id = $1', [person.uuid]);
    expect(await login(person)).toEqual([401, 'invalid_credentials']);
  });

  it.each([
    [{}],
    [{ email: 'a@example.com' }],
    [{ email: 'a@example.com', password: 7 }],
    [{ email: 'a@example.com', password: 'x'.repeat(1025) }],
    [{ email: 'a@example.com', password: PASSWORD, code: null }],
    [{ email: 'a@example.com', password: PASSWORD, role: 'owner' }],
  ])('of %j is no login', async (body) => {
    const answer = await new Browser(api.url).post('/v1/auth/login', body);
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
  });

  it('hashes the password anew when the parameters have changed since', async () => {
    const { hash } = await import('@node-rs/argon2');
    const person = await addPerson(api, ofTenant());
    const outdated = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1 });
    const store = 'UPDATE users SET password_hash = $2 WHERE id = $1';
    await api.database.query(store, [person.uuid, outdated]);
    expect(await login(person)).toEqual([200, undefined]);
    const [row] = await api.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE id = $1',
      [person.uuid],
    );
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await login(person)).toEqual([200, undefined]);
  });

  it('is let in by each of two logins that hash the password anew at the same moment', async () => {
    const { hash } = await import('@node-rs/argon2');
    const person = await addPerson(api, ofTenant());
    const outdated = await hash(PASSWORD, { memoryCost: 8192, timeCost: 1 });
    const store = 'UPDATE users SET password_hash = $2 WHERE id = $1';
    await api.database.query(store, [person.uuid, outdated]);
    const answers = await Promise.all([login(person), login(person)]);
    expect(answers.map(([status]) => status)).toEqual([200, 200]);
  });

  it.each([
    ['the password changes', `UPDATE users SET password_hash = 'another' WHERE id = $1`],
    ['a second factor is confirmed', 'UPDATE users SET totp_confirmed_at = now() WHERE id = $1'],
    ['the user is removed', 'DELETE FROM users WHERE id = $1'],
  ])('that is under way while %s is refused', async (_what, statement) => {
    const person = await addPerson(api, ofTenant());
    const client = new Client({ connectionString: api.database.url });
    await client.connect();
    await client.query('BEGIN');
    await client.query(statement, [person.uuid]);
    const answer = login(person);
    await eventually(async () => {
      const { rows } = await client.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length > 0;
    });
    await client.query('COMMIT');
    await client.end();
    expect(await answer).toEqual([401, 'invalid_credentials']);
  });
});

describe('a second factor', () => {
  const SECRET = makeTotpSecret();

  async function withSecondFactor() {
    const person = await addPerson(api, ofTenant());
    return { person, codes: await setUp(person) };
  }

  async function setUp(person: Person) {
    const { codes, hashes } = makeRecoveryCodes();
    await api.database.query(
      'UPDATE users SET totp_secret = $2, totp_confirmed_at = now(), recovery_codes = $3 WHERE id = $1',
      [person.uuid, api.db.secretBox.encrypt(SECRET), hashes],
    );
    return codes;
  }

  it('is asked for after the password, and only then', async () => {
    const { person } = await withSecondFactor();
    expect(await login(person)).toEqual([401, 'second_factor_required']);
    const code = totpCode(SECRET, new Date());
    expect(await login(person, 'wrong horse battery staple', code)).toEqual([
      401,
      'invalid_credentials',
    ]);
    expect(await login(person, PASSWORD, code)).toEqual([200, undefined]);
  });

  it('takes each code once, also of two logins at the same moment', async () => {
    const { person } = await withSecondFactor();
    const code = totpCode(SECRET, new Date());
    const answers = await Promise.all([1, 2, 3].map(() => login(person, PASSWORD, code)));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 401, 401]);
    expect(await login(person, PASSWORD, code)).toEqual([401, 'invalid_credentials']);
  });

  it('is replaced by a recovery code, each of which counts once', async () => {
    const { person, codes } = await withSecondFactor();
    const answers = await Promise.all([1, 2, 3].map(() => login(person, PASSWORD, codes[4])));
    expect(answers.map(([status]) => status).sort()).toEqual([200, 401, 401]);
    const browser = new Browser(api.url);
    expect(await login(person, PASSWORD, codes[0]!.toUpperCase(), browser)).toEqual([
      200,
      undefined,
    ]);
    expect((await browser.api.get('/v1/me')).body).toMatchObject({
      secondFactor: true,
      recoveryCodesLeft: 8,
    });
  });

  it('that the tenant demands is all that a user without one may see to', async () => {
    const strict = await api.addTenant();
    const { browser } = await signedIn(api, strict);
    const demand = 'UPDATE tenants SET second_factor_required = true WHERE id = $1';
    await api.database.query(demand, [strict.tenantUuid]);
    for (const path of ['/v1/webhooks', '/v1/event-types']) {
      const { status, body } = await browser.api.get(path);
      expect([status, body.code]).toEqual([403, 'second_factor_missing']);
    }
    expect((await browser.api.get('/v1/me')).body).toMatchObject({ secondFactorMissing: true });
    expect((await browser.api.get('/v1/me/sessions')).status).toBe(200);
    expect((await strict.api.get('/v1/webhooks')).status).toBe(200);
  });

  it('cannot be guessed by who knows the password, from however many addresses', async () => {
    const { person } = await withSecondFactor();
    const answers: unknown[] = [];
    for (let i = 0; i < 11; i++) answers.push((await login(person, PASSWORD, '000000'))[0]);
    expect(answers).toEqual([...Array(10).fill(401), 429]);
  });

  it('cannot be guessed on known devices either, however many', async () => {
    const person = await addPerson(api, ofTenant());
    const known = [new Browser(api.url), new Browser(api.url)];
    for (const browser of known) await browser.signIn(person);
    await setUp(person);
    const answers: unknown[] = [];
    for (let i = 0; i < 11; i++) {
      answers.push((await login(person, PASSWORD, '000000', known[i % 2]))[0]);
    }
    expect(answers).toEqual([...Array(10).fill(401), 429]);
  });
});

describe('whoever guesses passwords', () => {
  it('has ten guesses a minute, and is told when to come again', async () => {
    const person = await addPerson(api, ofTenant());
    const guesser = new Browser(api.url);
    for (let i = 0; i < 10; i++) {
      expect(await login(person, `guess number ${i}`, undefined, guesser)).toEqual([
        401,
        'invalid_credentials',
      ]);
    }
    const { status, headers, body } = await guesser.signIn(person);
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('keeps nobody out who signed in on their device before', async () => {
    const { person, browser } = await signedIn(api, ofTenant());
    await browser.signOut();
    const guesser = new Browser(api.url, browser.address);
    for (let i = 0; i < 11; i++) await guesser.signIn(person, `guess number ${i}`);
    expect((await guesser.signIn(person)).status).toBe(429);
    expect((await browser.signIn(person)).status).toBe(200);
  });

  it('gets no new trials by signing in again, nor by a device from before the password changed', async () => {
    const { person, browser } = await signedIn(api, ofTenant());
    const device = browser.cookies.get('schoolbell_device');
    for (let i = 0; i < 10; i++) expect((await browser.signIn(person)).status).toBe(200);
    expect(browser.cookies.get('schoolbell_device')).toBe(device);
    expect((await browser.signIn(person)).status).toBe(429);
    const change = 'UPDATE users SET password_changed_at = now() WHERE id = $1';
    await api.database.query(change, [person.uuid]);
    const guesser = new Browser(api.url);
    for (let i = 0; i < 10; i++) await guesser.signIn(person, `guess number ${i}`);
    guesser.cookies.set('schoolbell_device', device!);
    expect((await guesser.signIn(person)).status).toBe(429);
    expect((await browser.signIn(person)).status).toBe(200);
    expect(browser.cookies.get('schoolbell_device')).not.toBe(device);
  });

  it('gets no further by the device of somebody else, nor by one that is made up', async () => {
    const { person, browser } = await signedIn(api, ofTenant());
    const guesser = new Browser(api.url, browser.address);
    for (let i = 0; i < 10; i++) await guesser.signIn(person, `guess number ${i}`);
    const own = (await signedIn(api, ofTenant())).browser.cookies.get('schoolbell_device')!;
    for (const device of [own, `${'A'.repeat(22)}.${'A'.repeat(43)}`, 'x']) {
      guesser.cookies.set('schoolbell_device', device);
      expect((await guesser.signIn(person)).status).toBe(429);
    }
  });
});

describe('an access token', () => {
  const claims = (token: string) =>
    JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const statusWith = async (token: string) =>
    (await apiClient(api.url, token).get('/v1/me')).status;

  it('says who, for which tenant, in which role and session, for fifteen minutes', async () => {
    const { person, browser } = await signedIn(api, ofTenant());
    const read = claims(browser.accessToken!);
    expect(read).toMatchObject({
      sub: person.id,
      tid: tenant.tenantId,
      role: 'owner',
      sid: expect.stringMatching(/^uss_/),
    });
    expect(read.exp - read.iat).toBe(900);
  });

  it('is refused unless we signed it, by our algorithm, and it has not expired', async () => {
    const { browser } = await signedIn(api, ofTenant());
    const token = browser.accessToken!;
    const [head, body, signature] = token.split('.') as [string, string, string];
    const none = encode({ alg: 'none', typ: 'JWT' });
    const elevated = encode({ ...claims(token), role: 'platform_admin', tid: null });
    const key = deriveAuthKeys(api.jwtSecret);
    const { JwtService } = await import('@nestjs/jwt');
    const signed = (secret: Buffer | string, payload: object, algorithm = 'HS256') =>
      new JwtService({ secret }).sign(payload, { algorithm: algorithm as 'HS256' });
    const own = claims(token);
    const refused = {
      'alg none': `${none}.${body}.`,
      'alg none with the signature': `${none}.${body}.${signature}`,
      'other claims': `${head}.${elevated}.${signature}`,
      'no signature': `${head}.${body}.`,
      'another key': signed(randomBytes(32), own),
      'the secret itself as key': signed(api.jwtSecret, own),
      'the key of refresh tokens': signed(key.refreshToken, own),
      'another algorithm': signed(key.accessToken, own, 'HS512'),
      expired: signed(key.accessToken, { ...own, exp: own.iat - 1 }),
      'another issuer': signed(key.accessToken, { ...own, iss: 'elsewhere' }),
      'another audience': signed(key.accessToken, { ...own, aud: 'elsewhere' }),
      'no session': signed(key.accessToken, { ...own, sid: undefined }),
      nonsense: 'a.b.c',
    };
    for (const [what, forged] of Object.entries(refused)) {
      expect([what, await statusWith(forged)]).toEqual([what, 401]);
    }
    expect(await statusWith(signed(key.accessToken, own))).toBe(200);
    expect(await statusWith(token)).toBe(200);
  });

  it('of another session, or of a session that nobody opened, is refused', async () => {
    const one = await signedIn(api, ofTenant());
    const other = await signedIn(api, ofTenant());
    const tokens = new AccessTokens(deriveAuthKeys(api.jwtSecret).accessToken);
    const role: Role = 'owner';
    const user = { ...one.person, id: one.person.uuid, tenantId: tenant.tenantUuid, role };
    const { sid } = claims(other.browser.accessToken!);
    const { data } = (await other.browser.api.get('/v1/me/sessions')).body;
    expect(data[0].id).toBe(sid);
    const [row] = await api.database.query<{ id: string }>(
      'SELECT id FROM user_sessions WHERE user_id = $1',
      [other.person.uuid],
    );
    for (const sessionId of [row!.id, uuidV7()]) {
      expect(await statusWith(tokens.sign({ user, sessionId, refreshNumber: 0 }))).toBe(401);
    }
    expect(toTypeId('session', row!.id)).toBe(sid);
  });

  it('opens what the role of its user may do, for their own tenant alone', async () => {
    const stranger = await api.addTenant();
    const owner = await signedIn(api, ofTenant());
    const viewer = await signedIn(api, { ...ofTenant(), role: 'viewer' });
    expect((await owner.browser.api.get('/v1/api-keys')).status).toBe(200);
    expect((await viewer.browser.api.get('/v1/webhooks')).status).toBe(200);
    expect((await viewer.browser.api.get('/v1/api-keys')).body.code).toBe('permission_denied');
    const elsewhere = { 'X-Tenant-Id': stranger.tenantId };
    expect((await owner.browser.api.get('/v1/webhooks', elsewhere)).body.code).toBe(
      'tenant_mismatch',
    );
    expect((await owner.browser.api.get('/v1/tenants')).status).toBe(403);
  });

  it('is counted for its user', async () => {
    const { browser } = await signedIn(api, ofTenant());
    const { headers } = await browser.api.get('/v1/webhooks');
    expect(headers.get('ratelimit')).toMatch(/^"user";r=\d+;t=\d+$/);
  });
});

describe('a page of another site', () => {
  it.each(['login', 'refresh', 'logout'])('cannot send a %s', async (what) => {
    const { person, browser } = await signedIn(api, ofTenant());
    const body = { email: person.email, password: PASSWORD };
    const others: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ];
    for (const headers of others) {
      const { status, body: answer } = await browser.post(`/v1/auth/${what}`, body, headers);
      expect([status, answer.code]).toEqual([403, 'cross_site_request']);
    }
    const { status } = await browser.post(`/v1/auth/${what}`, what === 'login' ? body : {}, {
      'sec-fetch-site': 'none',
    });
    expect(status).toBeLessThan(300);
  });
});

describe('a cookie', () => {
  const cookiesVia = async (url: string, person: Person, headers: Record<string, string>) => {
    const browser = new Browser(url);
    const body = { email: person.email, password: PASSWORD };
    const { status } = await browser.post('/v1/auth/login', body, headers);
    expect([status, browser.setCookies.length]).toEqual([200, 2]);
    return browser.setCookies.map((cookie) => /; Secure(;|$)/.test(cookie));
  };

  it('never goes over http once it came over https, as a trusted proxy tells', async () => {
    const person = await addPerson(api, ofTenant());
    const https = { 'x-forwarded-proto': 'https' };
    expect(await cookiesVia(api.url, person, https)).toEqual([true, true]);
    expect(await cookiesVia(api.url, person, {})).toEqual([false, false]);
  });

  it('is not marked so, nor an address believed, on the word of anybody else', async () => {
    const person = await addPerson(api, ofTenant());
    const direct = await api.another({ trustedProxies: [] });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' };
    expect(await cookiesVia(direct.url, person, headers)).toEqual([false, false]);
    const addresses = await api.database.query(
      'SELECT address FROM user_sessions WHERE user_id = $1',
      [person.uuid],
    );
    expect(addresses).toEqual([{ address: '127.0.0.1' }]);
    await direct.stop();
  });
});

describe('a user of the platform', () => {
  const looksOf = ({ id }: Person) =>
    api.database.query(
      `SELECT tenant_id, actor_kind, resource_kind, address FROM audit_log
       WHERE action = 'tenant.viewed' AND actor_id = $1`,
      [id],
    );

  it('has looked at nothing where there is no such tenant', async () => {
    const { person, browser } = await signedIn(api, { tenantUuid: null, role: 'platform_support' });
    const unknown = 'ten_01jcfpwpg0fgx9p79fda74r401';
    expect((await browser.api.get(`/v1/tenants/${unknown}`)).status).toBe(404);
    expect(await looksOf(person)).toEqual([]);
  });

  it('chooses the tenant, and its audit log tells what they looked at, once a minute', async () => {
    const { person, browser } = await signedIn(api, { tenantUuid: null, role: 'platform_support' });
    const looking = { 'X-Tenant-Id': tenant.tenantId };
    expect((await browser.api.get('/v1/webhooks')).body.code).toBe('tenant_required');
    expect((await browser.api.get('/v1/tenants')).status).toBe(200);
    const everywhere = { tenant_id: null, actor_kind: 'platform', resource_kind: 'tenant' };
    expect(await looksOf(person)).toMatchObject([everywhere]);
    const answers = await Promise.all([
      browser.api.get('/v1/webhooks', looking),
      browser.api.get('/v1/deliveries', looking),
      browser.api.get(`/v1/tenants/${tenant.tenantId}`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await browser.api.get('/v1/webhooks?limit=1', looking);
    const look = {
      tenant_id: tenant.tenantUuid,
      actor_kind: 'platform',
      resource_kind: 'tenant',
      address: browser.address,
    };
    expect(await looksOf(person)).toMatchObject([everywhere, look, look, look]);
    const nowhere = { 'X-Tenant-Id': 'ten_01jcfpwpg0fgx9p79fda74r401' };
    expect((await browser.api.get('/v1/webhooks', nowhere)).status).toBe(404);
    expect((await browser.api.patch(`/v1/tenants/${tenant.tenantId}`, {})).status).toBe(403);
    expect(await looksOf(person)).toHaveLength(4);
  });

  it('who is support retries, but discards, replays and cancels nothing', async () => {
    const { browser } = await signedIn(api, { tenantUuid: null, role: 'platform_support' });
    const at = { 'X-Tenant-Id': tenant.tenantId };
    const id = 'wh_01jcfpwpg0fgx9p79fda74r401';
    const range = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' };
    const answers = [
      await browser.api.post('/v1/dead-letters/retry', {}, at),
      await browser.api.post('/v1/dead-letters/discard', {}, at),
      await browser.api.post(`/v1/webhooks/${id}/replay`, range, at),
      await browser.api.post('/v1/operations/op_01jcfpwpg0fgx9p79fda74r401/cancel', {}, at),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 403, 403, 403]);
  });
});
