import { toTypeId } from '@schoolbell/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/index.js';
import { linksOf, postAsStranger } from './support/accounts.js';
import { addPerson, Browser, type Person, signedIn } from './support/people.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;
beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

const somebody = () => signedIn(api, { tenantUuid: tenant.tenantUuid });

/** Lets time pass for a person's sessions. */
const wait = ({ uuid }: Person, time: string) =>
  api.database.query(
    `UPDATE user_sessions SET rotated_at = rotated_at - $2::interval, last_used_at = last_used_at - $2::interval,
       expires_at = expires_at - $2::interval WHERE user_id = $1`,
    [uuid, time],
  );

/** Sessions of a person, each opened a minute before the next. @param lastUsed how long ago */
const addSessions = ({ uuid }: Person, count: number, lastUsed = '1 minute') =>
  api.database.query(
    `INSERT INTO user_sessions (id, user_id, tenant_id, address, user_agent, last_used_at, expires_at)
     SELECT uuidv7(-minutes * interval '1 minute'), $1, $2, '192.0.2.1', '', now() - $4::interval,
       now() + interval '1 day'
     FROM generate_series(1, $3) minutes RETURNING id`,
    [uuid, tenant.tenantUuid, count, lastUsed],
  ) as Promise<{ id: string }[]>;

const refreshCookieOf = ({ cookies }: Browser) => cookies.get('schoolbell_refresh');
const statusOf = async ({ api: client }: Browser) => (await client.get('/v1/me')).status;

const mailsTo = ({ email }: Person) =>
  api.database.query('SELECT kind, tenant_id, facts FROM mails WHERE recipient = $1', [email]);

const endsOf = ({ id }: Person) =>
  api.database.query(
    `SELECT actor_kind, address, after->>'reason' AS reason FROM audit_log
     WHERE action = 'session.ended' AND actor_id = $1`,
    [id],
  );

describe('a session', () => {
  it('gives an access token for fifteen minutes, and a refresh token that no script can read', async () => {
    const person = await addPerson(api, { tenantUuid: tenant.tenantUuid });
    const browser = new Browser(api.url);
    const { status, body, headers } = await browser.signIn(person);
    expect(status).toBe(200);
    expect(body).toEqual({ accessToken: expect.any(String), expiresIn: 900 });
    expect(headers.get('cache-control')).toBe('no-store');
    const cookie = browser.setCookies.find((each) => each.startsWith('schoolbell_refresh='));
    expect(cookie).toMatch(/; Max-Age=604800; Path=\/v1\/auth; HttpOnly; SameSite=Strict$/);
    expect((await browser.api.get('/v1/me')).body).toMatchObject({
      id: person.id,
      tenantId: tenant.tenantId,
      email: person.email,
      role: 'owner',
      permissions: expect.arrayContaining(['users:write']),
      secondFactor: false,
      lastLoginAt: expect.any(String),
    });
  });

  it('goes on with each refresh, with other tokens', async () => {
    const { browser } = await somebody();
    const before = refreshCookieOf(browser);
    const { status, body } = await browser.refresh();
    expect([status, body]).toEqual([200, { accessToken: expect.any(String), expiresIn: 900 }]);
    expect(refreshCookieOf(browser)).not.toBe(before);
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.refresh()).status).toBe(200);
  });

  it('lives in two tabs that refresh at the same moment: both get the same', async () => {
    const { person, browser } = await somebody();
    const tabs = [browser, browser.copy(), browser.copy(), browser.copy()];
    const answers = await Promise.all(tabs.map((tab) => tab.refresh()));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(tabs.map(refreshCookieOf)).size).toBe(1);
    for (const tab of tabs) expect(await statusOf(tab)).toBe(200);
    await wait(person, '20 seconds');
    // The sleeping tab still has the token before.
    expect((await browser.refresh()).status).toBe(200);
    expect(await mailsTo(person)).toEqual([]);
  });

  it('lives when the lid is closed before the answer comes, and opened days later', async () => {
    const { person, browser } = await somebody();
    const lostAnswer = browser.copy();
    expect((await lostAnswer.refresh()).status).toBe(200);
    await wait(person, '6 days');
    expect((await browser.refresh()).status).toBe(200);
    expect(refreshCookieOf(browser)).toBe(refreshCookieOf(lostAnswer));
    expect((await browser.refresh()).status).toBe(200);
    expect(await mailsTo(person)).toEqual([]);
  });

  it('ends for everybody when a stolen refresh token is used later, and its user gets an e-mail', async () => {
    const { person, browser } = await somebody();
    const thief = browser.copy();
    expect((await browser.refresh()).status).toBe(200);
    expect((await browser.refresh()).status).toBe(200);
    const theft = await thief.refresh();
    expect([theft.status, theft.body.code]).toEqual([401, 'session_ended']);
    expect(refreshCookieOf(thief)).toBeUndefined();
    expect((await browser.refresh()).body.code).toBe('session_ended');
    expect(await statusOf(browser)).toBe(401);
    expect(await mailsTo(person)).toEqual([
      {
        kind: 'session.ended',
        tenant_id: tenant.tenantUuid,
        facts: { address: thief.address, userAgent: expect.any(String) },
      },
    ]);
    expect(await endsOf(person)).toEqual([
      { actor_kind: 'user', address: thief.address, reason: 'token_reused' },
    ]);
  });

  it('ends when the token before the current one comes late, though its user went on with the answer', async () => {
    const { person, browser } = await somebody();
    const thief = browser.copy();
    await browser.refresh();
    expect(await statusOf(browser)).toBe(200);
    await eventually(async () => {
      const rows = await api.database.query(
        'SELECT FROM user_sessions WHERE user_id = $1 AND presented',
        [person.uuid],
      );
      return rows.length === 1;
    });
    await wait(person, '31 seconds');
    expect((await thief.refresh()).status).toBe(401);
    expect((await browser.refresh()).status).toBe(401);
    expect(await mailsTo(person)).toHaveLength(1);
  });

  it('is not ended by somebody who makes up a token', async () => {
    const { browser } = await somebody();
    const forger = browser.copy();
    const [session, , mac] = refreshCookieOf(browser)!.split('.');
    for (const forged of [`${session}.7.${mac}`, `${session}.0.${'A'.repeat(43)}`, 'x']) {
      forger.cookies.set('schoolbell_refresh', forged);
      expect((await forger.refresh()).body.code).toBe('session_ended');
    }
    expect((await browser.refresh()).status).toBe(200);
  });

  it('ends after seven days without use, and after thirty days in any case', async () => {
    const idle = await somebody();
    await wait(idle.person, '7 days');
    expect((await idle.browser.refresh()).status).toBe(401);

    const busy = await somebody();
    for (let days = 0; days < 30; days += 6) {
      await wait(busy.person, '6 days');
      expect((await busy.browser.refresh()).status).toBe(days < 24 ? 200 : 401);
    }
    expect(await mailsTo(busy.person)).toEqual([]);
  });

  it('of a user of the platform ends the same way, and the e-mail has no tenant', async () => {
    const { person, browser } = await signedIn(api, { tenantUuid: null, role: 'platform_admin' });
    const thief = browser.copy();
    await browser.refresh();
    await browser.refresh();
    expect((await thief.refresh()).status).toBe(401);
    expect(await mailsTo(person)).toMatchObject([{ kind: 'session.ended', tenant_id: null }]);
    expect(await endsOf(person)).toMatchObject([{ actor_kind: 'platform' }]);
    const { data } = (await api.platform.get('/v1/mails')).body;
    const mail = data.find(({ to }: { to: string }) => to === person.email);
    expect(mail).toMatchObject({
      tenantId: null,
      subject: 'You were signed out of Schoolbell for your safety',
      text: expect.stringContaining(thief.address),
    });
  });
});

describe('signing out', () => {
  it('ends the session at once, for its access token and its refresh token', async () => {
    const { person, browser } = await somebody();
    expect(await statusOf(browser)).toBe(200);
    const copy = browser.copy();
    expect((await browser.signOut()).status).toBe(204);
    expect(refreshCookieOf(browser)).toBeUndefined();
    expect(await statusOf(copy)).toBe(401);
    expect((await copy.refresh()).status).toBe(401);
    expect(await endsOf(person)).toMatchObject([{ reason: 'signed_out' }]);
    expect((await browser.signOut()).status).toBe(204);
  });

  it('elsewhere ends all sessions but the one that asks', async () => {
    const { person, browser } = await somebody();
    const others = [new Browser(api.url), new Browser(api.url)];
    for (const other of others) {
      await other.signIn(person);
      expect(await statusOf(other)).toBe(200);
    }
    const { body } = await browser.api.get('/v1/me/sessions');
    expect(body.data).toHaveLength(3);
    expect(body.data[2]).toEqual({
      id: expect.stringMatching(/^uss_/),
      current: true,
      address: browser.address,
      userAgent: expect.any(String),
      createdAt: expect.any(String),
      lastUsedAt: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect((await browser.api.delete(`/v1/me/sessions/${body.data[0].id}`)).status).toBe(204);
    expect(await Promise.all(others.map(statusOf))).toEqual([200, 401]);
    expect((await browser.api.delete('/v1/me/sessions')).status).toBe(204);
    expect(await Promise.all(others.map(statusOf))).toEqual([401, 401]);
    expect(await statusOf(browser)).toBe(200);
    expect((await browser.api.get('/v1/me/sessions')).body.data).toMatchObject([{ current: true }]);
  });

  it('of somebody else is not possible: their session is not found', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { data } = (await other.browser.api.get('/v1/me/sessions')).body;
    const refused = await one.browser.api.delete(`/v1/me/sessions/${data[0].id}`);
    expect([refused.status, refused.body.code]).toEqual([404, 'not_found']);
    await one.browser.api.delete('/v1/me/sessions');
    expect(await statusOf(other.browser)).toBe(200);
  });

  it('of a session that is over is not possible either: it is not found, and no entry is written', async () => {
    const { person, browser } = await somebody();
    const [idle] = await addSessions(person, 1, '7 days');
    const refused = await browser.api.delete(`/v1/me/sessions/${toTypeId('session', idle!.id)}`);
    expect([refused.status, refused.body.code]).toEqual([404, 'not_found']);
    expect((await browser.api.delete('/v1/me/sessions')).status).toBe(204);
    expect(await endsOf(person)).toEqual([]);
  });

  it('without a session makes nothing forget those of others', async () => {
    const { person, browser } = await somebody();
    expect(await statusOf(browser)).toBe(200);
    // As another process does it, which is noticed here within five seconds.
    await api.database.query('UPDATE user_sessions SET ended_at = now() WHERE user_id = $1', [
      person.uuid,
    ]);
    expect((await new Browser(api.url).signOut()).status).toBe(204);
    expect(await statusOf(browser)).toBe(200);
  });

  it('is for users: an API key has no sessions', async () => {
    const { status, body } = await tenant.api.get('/v1/me/sessions');
    expect([status, body.code]).toEqual([403, 'permission_denied']);
    expect((await tenant.api.get('/v1/me')).status).toBe(403);
  });
});

describe('a user with many sessions', () => {
  it('has fifty at a time: one more ends the oldest', async () => {
    const { person, browser } = await somebody();
    await addSessions(person, 51);
    await addSessions(person, 3, '7 days');
    expect((await new Browser(api.url).signIn(person)).status).toBe(200);
    const { data } = (await browser.api.get('/v1/me/sessions?limit=100')).body;
    expect(data).toHaveLength(50);
    expect(await endsOf(person)).toMatchObject(Array(3).fill({ reason: 'too_many' }));
    expect(await statusOf(browser)).toBe(200);
  });

  it('can choose a new password, however many an earlier version let them open', async () => {
    const { person } = await somebody();
    await addSessions(person, 10_000);
    await postAsStranger(api, '/v1/auth/password/forgot', { email: person.email });
    await expect.poll(() => linksOf(api, person.email)).toHaveLength(1);
    const [token] = await linksOf(api, person.email);
    const body = { token, password: 'violet harbour sings low' };
    expect((await postAsStranger(api, '/v1/auth/password/reset', body)).status).toBe(200);
    const ends = await endsOf(person);
    expect(ends).toHaveLength(10_001);
    expect(new Set(ends.map(({ reason }) => reason))).toEqual(new Set(['password_changed']));
  });
});

describe('what happens to a user', () => {
  it.concurrent.each([
    ['a role that is taken away', `UPDATE users SET role = 'viewer' WHERE id = $1`, 403],
    ['a user who is removed', 'DELETE FROM users WHERE id = $1', 401],
    [
      'a session that is ended',
      'UPDATE user_sessions SET ended_at = now() WHERE user_id = $1',
      401,
    ],
  ])('in another process acts here within seconds: %s', async (_what, statement, status) => {
    const { person, browser } = await somebody();
    const path = '/v1/api-keys';
    expect((await browser.api.get(path)).status).toBe(200);
    await api.database.query(statement, [person.uuid]);
    await eventually(async () => (await browser.api.get(path)).status === status, {
      timeoutMs: 6_000,
    });
  });
});
