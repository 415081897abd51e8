import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apiClient, type ApiClient } from '../support/index.js';
import { addUser, anEmail, letIn, linksOf, postAsStranger, signIn } from './support/accounts.js';
import { PASSWORD } from './support/people.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

let api: ApiUnderTest;
let tenant: TenantUnderTest;

beforeAll(async () => {
  api = await startApi();
});
beforeEach(async () => {
  tenant = await api.addTenant();
});
afterAll(() => api.stop());

const invite = async (owners: ApiClient = tenant.api, changes: object = {}) => {
  const person = { email: anEmail(), name: 'Ada', role: 'developer', ...changes };
  const { status, body } = await owners.post('/v1/users', person);
  expect([status, body.status]).toEqual([201, 'invited']);
  return { ...person, id: body.id };
};
/** A user of the tenant who can sign in at once, created by the platform. */
const withPassword = (person: object) => {
  const headers = { 'x-tenant-id': tenant.tenantId };
  return api.platform.post('/v1/users', { password: PASSWORD, ...person }, headers);
};
const NEW_PASSWORD = 'violet harbour sings low';
const accept = (token: string, changes: object = {}) =>
  postAsStranger(api, '/v1/auth/invitations/accept', {
    token,
    password: PASSWORD,
    name: 'Ada King',
    ...changes,
  });
const forget = (email: string) => postAsStranger(api, '/v1/auth/password/forgot', { email });
const reset = (token: string) =>
  postAsStranger(api, '/v1/auth/password/reset', { token, password: NEW_PASSWORD });

describe('an invitation', () => {
  it('signs the invited person in once with the link, and not twice', async () => {
    const { email, id } = await invite();
    const [token] = await linksOf(api, email);
    const ada = letIn(await accept(token!));
    expect((await ada.get('/v1/me')).body).toMatchObject({ id, email, name: 'Ada King' });
    expect((await accept(token!)).body).toMatchObject({ status: 410, code: 'link_invalid' });
    expect(await linksOf(api, email)).toEqual([]);
    expect((await signIn(api, email)).status).toBe(200);
  });

  it('is good for one of two who come with it at the same moment', async () => {
    const { email } = await invite();
    const [token] = await linksOf(api, email);
    const answers = await Promise.all([accept(token!), accept(token!)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410]);
  });

  it('ends after 72 hours', async () => {
    const { email } = await invite();
    const [token] = await linksOf(api, email);
    const [row] = await api.database.query<{ hours: number }>(
      `UPDATE user_tokens SET expires_at = now() FROM users u
       WHERE u.id = user_id AND u.email = $1
       RETURNING extract(epoch FROM old.expires_at - user_tokens.created_at) / 3600 AS hours`,
      [email],
    );
    expect(Number(row!.hours)).toBeCloseTo(72, 1);
    expect((await accept(token!)).status).toBe(410);
    expect(await linksOf(api, email)).toEqual([]);
  });

  it('is shown with its link to the platform, and to nobody else', async () => {
    const { email } = await invite();
    const owner = await addUser(api, tenant, 'owner');
    const support = await addUser(api, null, 'platform_support');
    expect(await linksOf(api, email)).toHaveLength(1);
    const textOf = async (client: ApiClient) =>
      (await client.get('/v1/mails?limit=100')).body.data.find(
        ({ to }: { to: string }) => to === email,
      )?.text;
    for (const client of [tenant.api, owner.api, support.api]) {
      const text = await textOf(client);
      expect(text).toContain('invited you to Schoolbell');
      expect(text).not.toContain('#token');
    }
    const developer = await addUser(api, tenant, 'developer');
    const reader = await tenant.apiWith('webhooks:read');
    for (const client of [developer.api, reader]) expect(await textOf(client)).toBeUndefined();
    expect(await textOf((await api.addTenant()).api)).toBeUndefined();
  });

  it('survives a bad password, and says what to do about it', async () => {
    const { email } = await invite();
    const [token] = await linksOf(api, email);
    for (const [password, what] of [
      ['short', 'must have 12 to 128 characters'],
      ['x'.repeat(129), 'must have 12 to 128 characters'],
      ['password1234', 'choose one that nobody else would'],
    ] as const) {
      const { status, body } = await accept(token!, { password });
      expect([status, body.errors[0]]).toEqual([
        422,
        { path: 'password', message: expect.stringContaining(what) },
      ]);
    }
    expect((await accept(token!)).status).toBe(200);
  });

  it('is sent again with a new link, and the old one works no more', async () => {
    const { email, id } = await invite();
    const [old] = await linksOf(api, email);
    const again = () => tenant.api.post(`/v1/users/${id}/invitation`);
    expect((await again()).status).toBe(202);
    const [link, ...others] = await linksOf(api, email);
    expect([others, link === old]).toEqual([[], false]);
    expect((await accept(old!)).body.code).toBe('link_invalid');
    letIn(await accept(link!));
    expect((await again()).body).toMatchObject({ status: 409, code: 'user_active' });
  });

  it('is sent again by those who look after the tenant alone', async () => {
    const { email, id } = await invite();
    const developer = await addUser(api, tenant, 'developer');
    const stranger = await api.addTenant();
    const path = `/v1/users/${id}/invitation`;
    expect((await developer.api.post(path)).status).toBe(403);
    expect((await stranger.api.post(path)).status).toBe(404);
    expect(await linksOf(api, email)).toHaveLength(1);
  });

  it('has no use as a link for a new password, and the other way round', async () => {
    const { email } = await invite();
    const [invitation] = await linksOf(api, email);
    expect((await reset(invitation!)).body.code).toBe('link_invalid');
    expect((await accept('no-such-token')).body.code).toBe('link_invalid');
  });

  it('makes the first owner of a tenant, for the platform', async () => {
    const headers = { 'x-tenant-id': tenant.tenantId };
    const email = anEmail('Owner');
    const person = { email, name: 'Ada', role: 'owner' };
    const { status, body } = await api.platform.post('/v1/users', person, headers);
    expect([status, body]).toMatchObject([
      201,
      { tenantId: tenant.tenantId, email: email.toLowerCase() },
    ]);
    const [token] = await linksOf(api, email.toLowerCase());
    const owner = letIn(await accept(token!));
    expect((await owner.get('/v1/users')).body.data).toMatchObject([
      { id: body.id, status: 'active', name: 'Ada King' },
    ]);
  });
});

describe('users', () => {
  it('of a tenant are seen and changed by its owners alone', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const developer = await addUser(api, tenant, 'developer');
    const viewer = await addUser(api, tenant, 'viewer');
    const { body } = await owner.api.get('/v1/users?limit=2');
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([viewer.id, developer.id]);
    const next = await owner.api.get(`/v1/users?limit=2&cursor=${body.nextCursor}`);
    expect(next.body).toMatchObject({ data: [{ id: owner.id }], nextCursor: null });
    expect(JSON.stringify(body)).not.toContain('argon2');

    for (const { api: client } of [developer, viewer]) {
      const one = `/v1/users/${owner.id}`;
      const answers = [
        await client.get('/v1/users'),
        await client.post('/v1/users', { email: anEmail(), name: 'B', role: 'viewer' }),
        await client.patch(one, { role: 'viewer' }),
        await client.delete(one),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    }
  });

  it('of another tenant and of the platform are not found', async () => {
    const stranger = await addUser(api, await api.addTenant(), 'developer');
    const support = await addUser(api, null, 'platform_support');
    for (const { id } of [stranger, support]) {
      expect((await tenant.api.patch(`/v1/users/${id}`, { name: 'B' })).status).toBe(404);
      expect((await tenant.api.delete(`/v1/users/${id}`)).status).toBe(404);
    }
    expect((await stranger.api.get('/v1/me')).status).toBe(200);
  });

  it('have an e-mail address that nobody else has, in whatever way it is written', async () => {
    const { email } = await addUser(api, await api.addTenant(), 'owner');
    const person = { email: email.toUpperCase(), name: 'B', role: 'viewer' };
    const { status, body } = await tenant.api.post('/v1/users', person);
    expect([status, body.code]).toEqual([409, 'email_taken']);
    expect(JSON.stringify(body)).not.toMatch(/tenant/i);
  });

  it.each([
    ['a role of the platform', { role: 'platform_admin' }, 'role'],
    ['no role', { role: 'admin' }, 'role'],
    ['no e-mail address', { email: 'ada' }, 'email'],
    ['no name', { name: '' }, 'name'],
    ['something else', { tenantId: 'ten_01jcfpwpg0fgx9p79fda74r401' }, 'tenantId'],
  ])('are refused with %s', async (_what, changes, path) => {
    const person = { email: anEmail(), name: 'Ada', role: 'viewer', ...changes };
    const { status, body } = await tenant.api.post('/v1/users', person);
    expect([status, body.errors?.[0]?.path]).toEqual([422, path]);
  });

  it('get a password from the platform alone: nobody takes an address without its mailbox', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const person = { email: anEmail(), name: 'Ada', role: 'viewer', password: PASSWORD };
    for (const client of [owner.api, tenant.api]) {
      const { body } = await client.post('/v1/users', person);
      expect([body.code, body.detail]).toEqual([
        'permission_denied',
        expect.stringContaining('leave it out'),
      ]);
    }
    expect((await withPassword({ ...person, password: 'qwertyuiop12' })).body).toMatchObject({
      status: 422,
      errors: [{ path: 'password' }],
    });
    expect((await withPassword(person)).body).toMatchObject({ status: 'active' });
  });

  it('never get a role that may do more than whoever gives it', async () => {
    const keeper = await tenant.apiWith('users:write', 'webhooks:read');
    const person = { email: anEmail(), name: 'Ada', role: 'owner' };
    expect((await keeper.post('/v1/users', person)).body.code).toBe('permission_denied');
    const { id } = await invite();
    expect((await keeper.patch(`/v1/users/${id}`, { role: 'owner' })).status).toBe(403);
  });

  it('of the platform are made by the platform that names no tenant, with roles of its own', async () => {
    const admin = await addUser(api, null, 'platform_admin');
    const support = await addUser(api, null, 'platform_support');
    expect((await admin.api.get('/v1/me')).body).toMatchObject({ tenantId: null });
    const seen = (await admin.api.get('/v1/users?limit=100')).body.data;
    expect(seen.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([admin.id, support.id]),
    );
    expect(new Set(seen.map(({ tenantId }: { tenantId: null }) => tenantId))).toEqual(
      new Set([null]),
    );
    const person = { email: anEmail(), name: 'B', role: 'owner' };
    expect((await admin.api.post('/v1/users', person)).body.errors[0].path).toBe('role');
    expect((await support.api.post('/v1/users', person)).status).toBe(403);
    expect((await support.api.get('/v1/users')).status).toBe(403);
  });

  it('of a tenant always have an owner among them', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const one = `/v1/users/${owner.id}`;
    expect((await owner.api.delete(one)).body).toMatchObject({ status: 409, code: 'last_owner' });
    expect((await owner.api.patch(one, { role: 'viewer' })).body.code).toBe('last_owner');
    await invite(tenant.api, { role: 'owner' });
    expect((await owner.api.delete(one)).body.code).toBe('last_owner');
    const other = await addUser(api, tenant, 'owner');
    const demotions = await Promise.all([
      owner.api.patch(`/v1/users/${other.id}`, { role: 'viewer' }),
      other.api.patch(one, { role: 'viewer' }),
    ]);
    expect(demotions.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('that are removed, or get another role, are signed out at once, and the log says by whom', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const person = { email: anEmail(), name: 'Ada', role: 'viewer' };
    const made = await withPassword(person);
    expect([made.status, made.body.status]).toEqual([201, 'active']);
    expect(await linksOf(api, person.email)).toEqual([]);
    const path = `/v1/users/${made.body.id}`;
    const viewer = letIn(await signIn(api, person.email));
    const change = await owner.api.patch(path, { role: 'developer' });
    expect(change.body).toMatchObject({ id: made.body.id, role: 'developer' });
    expect((await viewer.get('/v1/me')).status).toBe(401);
    const developer = letIn(await signIn(api, person.email));
    expect((await owner.api.delete(path)).status).toBe(204);
    expect((await developer.get('/v1/me')).status).toBe(401);
    expect((await signIn(api, person.email)).status).toBe(401);
    const log = await api.database.query(
      `SELECT action, actor_name AS by, before, after FROM audit_log
       WHERE resource_kind = 'user' AND resource_id = $1 ORDER BY id`,
      [made.body.id],
    );
    const by = owner.email;
    const role = 'developer';
    expect(log).toEqual([
      { action: 'user.created', by: expect.any(String), before: null, after: person },
      { action: 'user.updated', by, before: { role: 'viewer' }, after: { role } },
      { action: 'user.removed', by, before: { ...person, role }, after: null },
    ]);
  });
});

describe('adding users', () => {
  it('is bounded for each who does, since each costs a hash or an e-mail', async () => {
    const person = { email: anEmail(), name: 'Ada', role: 'viewer' };
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) {
      statuses.push((await tenant.api.post('/v1/users', person)).status);
    }
    expect(statuses).toEqual([201, ...Array(59).fill(409), 429]);
    await invite((await api.addTenant()).api);
  });
});

describe('API keys that a user made', () => {
  const working = async (keys: Record<string, string>) => {
    const answers = await Promise.all(
      Object.entries(keys).map(async ([name, key]) => {
        const { status } = await apiClient(api.url, key).get('/v1/event-types');
        return status === 200 ? [name] : [];
      }),
    );
    return answers.flat();
  };

  it('give nobody back what a role no longer allows, and all others go on', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const other = await addUser(api, tenant, 'owner');
    const make = async (...permissions: string[]) =>
      (await other.api.post('/v1/api-keys', { name: permissions[0], permissions })).body.key;
    const keys = {
      users: await make('users:write', 'webhooks:read'),
      keys: await make('keys:write'),
      events: await make('events:write'),
    };
    expect(await working(keys)).toEqual(['users', 'keys', 'events']);
    await owner.api.patch(`/v1/users/${other.id}`, { role: 'developer' });
    expect(await working(keys)).toEqual(['keys', 'events']);
    expect((await owner.api.delete(`/v1/users/${other.id}`)).status).toBe(204);
    expect(await working(keys)).toEqual(['events']);
  });
});

describe('a forgotten password', () => {
  it('is answered alike for everybody, whether somebody has the address or not', async () => {
    const { email } = await addUser(api, tenant, 'viewer');
    const answers = [await forget(email), await forget(anEmail('nobody'))];
    for (const { status, body } of answers) expect([status, body]).toEqual([202, undefined]);
    await expect.poll(() => linksOf(api, email)).toHaveLength(1);
  });

  it('is answered before anything is looked up, so that the time tells nothing', async () => {
    const client = await api.db.maintenancePool.connect();
    await client.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
    expect((await forget(anEmail())).status).toBe(202);
    await client.query('ROLLBACK');
    client.release();
  });

  it('is replaced by the link, once, and every session ends', async () => {
    const user = await addUser(api, tenant, 'viewer');
    const other = letIn(await signIn(api, user.email));
    await forget(user.email);
    await forget(user.email);
    await expect.poll(() => linksOf(api, user.email)).toHaveLength(2);
    const [token, unused] = await linksOf(api, user.email);
    const again = letIn(await reset(token!));
    for (const client of [user.api, other]) expect((await client.get('/v1/me')).status).toBe(401);
    expect((await again.get('/v1/me')).body.email).toBe(user.email);
    expect((await signIn(api, user.email)).status).toBe(401);
    expect((await signIn(api, user.email, NEW_PASSWORD)).status).toBe(200);
    for (const used of [token, unused]) expect((await reset(used!)).status).toBe(410);
    const mails = (await tenant.api.get('/v1/mails')).body.data;
    expect(mails[0]).toMatchObject({ kind: 'password.changed', to: user.email });
    expect(mails[0].text).toContain('with a link');
  });

  it('can be replaced for half an hour, and no mailbox is filled with links', async () => {
    const user = await addUser(api, tenant, 'viewer');
    for (let i = 0; i < 5; i++) await forget(user.email);
    await expect.poll(() => linksOf(api, user.email)).toHaveLength(3);
    const [token] = await linksOf(api, user.email);
    const rows = await api.database.query<{ minutes: number }>(
      `UPDATE user_tokens SET expires_at = now() FROM users u WHERE u.id = user_id AND u.email = $1
       RETURNING extract(epoch FROM old.expires_at - user_tokens.created_at) / 60 AS minutes`,
      [user.email],
    );
    expect(Number(rows[0]!.minutes)).toBeCloseTo(30, 0);
    expect((await reset(token!)).status).toBe(410);
  });

  it('lets somebody in whose invitation has expired', async () => {
    const { email } = await invite();
    await forget(email);
    await expect.poll(() => linksOf(api, email)).toHaveLength(2);
    const [token] = await linksOf(api, email);
    expect((await reset(token!)).status).toBe(200);
  });

  it('can be asked for ten times a minute from one address, which keeps nobody else from asking', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) {
      const body = { email: anEmail('nobody') };
      const { status } = await api.stranger.post('/v1/auth/password/forgot', body, headers);
      statuses.push(status);
    }
    expect(statuses).toEqual([...Array(10).fill(202), 429]);
    const email = anEmail('nobody');
    for (let i = 0; i < 12; i++) expect((await forget(email)).status).toBe(202);
    const tokens: number[] = [];
    for (let i = 0; i < 11; i++) {
      const body = { token: 'guess', password: PASSWORD };
      const { status } = await api.stranger.post('/v1/auth/password/reset', body, headers);
      tokens.push(status);
    }
    expect(tokens).toEqual([...Array(10).fill(410), 429]);
  });
});

describe('one’s own account', () => {
  it('has a name that can be changed', async () => {
    const user = await addUser(api, tenant, 'viewer');
    const { status, body } = await user.api.patch('/v1/me', { name: 'Ada King' });
    expect([status, body]).toMatchObject([200, { id: user.id, name: 'Ada King', role: 'viewer' }]);
    expect((await user.api.patch('/v1/me', { role: 'owner' })).status).toBe(422);
  });

  it('has a password that is changed by whoever knows it, and other sessions end', async () => {
    const user = await addUser(api, tenant, 'viewer');
    const other = letIn(await signIn(api, user.email));
    const change = (current: string, password: string) =>
      user.api.post('/v1/me/password', { current, password });
    expect((await change('wrong', NEW_PASSWORD)).body.code).toBe('wrong_password');
    expect((await change(PASSWORD, 'short')).body.errors[0].path).toBe('password');
    expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
    expect((await user.api.get('/v1/me')).status).toBe(200);
    expect((await other.get('/v1/me')).status).toBe(401);
    expect((await signIn(api, user.email)).status).toBe(401);
    expect((await signIn(api, user.email, NEW_PASSWORD)).status).toBe(200);
    const { body } = await tenant.api.get('/v1/mails?limit=1');
    expect(body.data).toMatchObject([{ kind: 'password.changed', to: user.email }]);
  });

  it('is no matter of API keys', async () => {
    expect((await tenant.api.patch('/v1/me', { name: 'B' })).status).toBe(403);
    expect((await tenant.api.post('/v1/me/totp', { password: PASSWORD })).status).toBe(403);
  });

  it('stops whoever guesses the password in a session that is not theirs', async () => {
    const user = await addUser(api, tenant, 'viewer');
    const codes: string[] = [];
    for (let i = 0; i < 11; i++) {
      const body = { current: `guess ${i}`, password: NEW_PASSWORD };
      codes.push((await user.api.post('/v1/me/password', body)).body.code);
    }
    expect(codes).toEqual([...Array(10).fill('wrong_password'), 'rate_limited']);
  });
});

describe('the settings of a tenant', () => {
  const change = (body: object, client = tenant.api) => client.patch('/v1/settings', body);

  it('are read by everybody of it and changed by owners, and the log has the change', async () => {
    const owner = await addUser(api, tenant, 'owner');
    const developer = await addUser(api, tenant, 'developer');
    const settings = {
      notificationEmails: ['one@example.com'],
      timeZone: 'Europe/Berlin',
      viewersSeeBodies: true,
      scormRules: { completionOnFailed: true, applyThresholds: true },
    };
    const { status, body } = await owner.api.patch('/v1/settings', settings);
    expect([status, body]).toMatchObject([200, { ...settings, secondFactorRequired: false }]);
    expect((await developer.api.get('/v1/settings')).body).toEqual(body);
    expect((await developer.api.patch('/v1/settings', settings)).status).toBe(403);
    const ofTenant = (await api.platform.get(`/v1/tenants/${tenant.tenantId}`)).body;
    expect(ofTenant.notificationEmails).toEqual(['one@example.com']);
    await owner.api.patch('/v1/settings', { timeZone: 'Europe/Berlin' });
    const log = await api.database.query(
      `SELECT action, before, after FROM audit_log WHERE resource_kind = 'settings' AND tenant_id = $1`,
      [tenant.tenantUuid],
    );
    expect(log).toEqual([
      {
        action: 'settings.updated',
        before: {
          notificationEmails: [],
          timeZone: 'UTC',
          viewersSeeBodies: false,
          scormCompletionOnFailed: false,
        },
        after: {
          notificationEmails: ['one@example.com'],
          timeZone: 'Europe/Berlin',
          viewersSeeBodies: true,
          scormCompletionOnFailed: true,
        },
      },
    ]);
  });

  it.each([
    ['a time zone that is none', { timeZone: 'Europe/Atlantis' }, 'timeZone'],
    ['what is the platform’s', { monthlyLaunchLimit: 7 }, 'monthlyLaunchLimit'],
    ['null', { viewersSeeBodies: null }, 'viewersSeeBodies'],
  ])('refuse %s', async (_what, body, path) => {
    const answer = await change(body);
    expect([answer.status, answer.body.errors[0].path]).toEqual([422, path]);
  });

  it('show viewers what events hold only where they say so', async () => {
    const viewer = await addUser(api, tenant, 'viewer');
    const developer = await addUser(api, tenant, 'developer');
    const data = { sessionId: 's', packageId: 'p', learnerId: 'l', completionStatus: 'completed' };
    const { body } = await tenant.api.post('/v1/events', { type: 'session.completed', data });
    const seenBy = async (client: ApiClient) => [
      (await client.get(`/v1/events/${body.id}`)).body.data,
      (await client.get('/v1/events')).body.data[0].data,
    ];
    const hidden = [null, null];
    expect(await seenBy(viewer.api)).toEqual(hidden);
    const about = { sessionId: 's', packageId: 'p', dispatchId: null, learnerId: 'l' };
    expect((await viewer.api.get(`/v1/events/${body.id}`)).body).toMatchObject(about);
    expect((await viewer.api.get('/v1/events')).body.data[0]).toMatchObject(about);
    expect(await seenBy(developer.api)).toMatchObject([data, data]);
    await change({ viewersSeeBodies: true });
    expect(await seenBy(viewer.api)).toMatchObject([data, data]);
  });

  it('can demand a second factor: without one, people can do nothing but set it up', async () => {
    const user = await addUser(api, tenant, 'developer');
    await change({ secondFactorRequired: true });
    expect((await user.api.get('/v1/webhooks')).body.code).toBe('second_factor_missing');
    expect((await user.api.get('/v1/me')).status).toBe(200);
    expect((await user.api.post('/v1/me/totp', { password: PASSWORD })).status).toBe(200);
    expect((await tenant.api.get('/v1/webhooks')).status).toBe(200);
  });
});

describe('a thief with a dump of the database', () => {
  it('finds no token of a link, no secret of a second factor and no password in it', async () => {
    const user = await addUser(api, tenant, 'viewer');
    const { body } = await user.api.post('/v1/me/totp', { password: PASSWORD });
    const { email } = await invite();
    await forget(user.email);
    await expect.poll(() => linksOf(api, user.email)).toHaveLength(1);
    const [invitation] = await linksOf(api, email);
    const [link] = await linksOf(api, user.email);
    const tables = ['users', 'user_sessions', 'user_tokens', 'mails', 'audit_log'];
    const dump = JSON.stringify(
      await Promise.all(
        tables.map((table) => api.database.query(`SELECT t::text FROM ${table} t`)),
      ),
    );
    expect(dump).toContain(user.email);
    for (const secret of [body.secret, invitation!, link!, PASSWORD, user.accessToken]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(dump).not.toContain(secret);
      expect(dump).not.toContain(Buffer.from(secret).toString('hex'));
    }
  });
});
