import { totpCode } from '@schoolbell/identity';
import { AccountRepository } from '@schoolbell/persistence';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser, letIn, linksOf, postAsStranger, signIn } from './support/accounts.js';
import { Browser, PASSWORD } from './support/people.js';
import { type ApiUnderTest, startApi, type TenantUnderTest } from './support/start-api.js';

const STEP_MS = 30_000;

let api: ApiUnderTest;
let tenant: TenantUnderTest;
let user: Awaited<ReturnType<typeof addUser>>;

beforeAll(async () => {
  api = await startApi();
  tenant = await api.addTenant();
});
beforeEach(async () => {
  user = await addUser(api, tenant, 'developer');
});
afterAll(() => api.stop());

/** @param steps relative to now: codes of the neighbouring steps are accepted too */
const codeOf = (secret: string, steps = 0): string =>
  totpCode(secret, new Date(Date.now() + steps * STEP_MS));

/** Sets up the second factor with the code of the step before, so that two more codes can follow at once. */
const enable = async () => {
  const { body } = await user.api.post('/v1/me/totp', { password: PASSWORD });
  const confirmed = await user.api.post('/v1/me/totp/confirm', { code: codeOf(body.secret, -1) });
  expect(confirmed.status).toBe(200);
  const { recoveryCodes } = confirmed.body;
  return { secret: body.secret as string, recoveryCodes: recoveryCodes as string[] };
};
const signInWith = (code?: string) => signIn(api, user.email, PASSWORD, code);

/** What e-mails told the user about the second factor, newest first. */
const changesTold = async (): Promise<string[]> => {
  const { body } = await tenant.api.get('/v1/mails?limit=100');
  return body.data
    .filter(({ to, kind }: any) => to === user.email && kind === 'second_factor.changed')
    .map(({ subject }: { subject: string }) => /(was|were) .*$/.exec(subject)![0]);
};

describe('a second factor', () => {
  it('is in use once a current code confirms it, and gives ten recovery codes', async () => {
    const { body } = await user.api.post('/v1/me/totp', { password: PASSWORD });
    expect(body.otpauthUrl).toContain(`secret=${body.secret}`);
    expect(body.otpauthUrl).toContain(encodeURIComponent(user.email));
    for (const code of ['000000', codeOf(body.secret, -10), codeOf(body.secret, 10)]) {
      const { body: refused } = await user.api.post('/v1/me/totp/confirm', { code });
      expect(refused.code).toBe('wrong_code');
    }
    expect((await signInWith()).status).toBe(200);
    const { recoveryCodes } = await enable();
    expect(new Set(recoveryCodes).size).toBe(10);
    expect((await user.api.post('/v1/me/totp', { password: PASSWORD })).body.code).toBe(
      'second_factor_active',
    );
    const { body: users } = await tenant.api.get('/v1/users?limit=1');
    expect(users.data).toMatchObject([{ id: user.id, secondFactor: true }]);
  });

  it('is asked for at the login, and each code counts once', async () => {
    const { secret } = await enable();
    expect((await signInWith()).body.code).toBe('second_factor_required');
    expect((await signInWith('000000')).status).toBe(401);
    expect((await signInWith(codeOf(secret, -1))).status).toBe(401);
    const code = codeOf(secret);
    expect((await signInWith(code)).status).toBe(200);
    expect((await signInWith(code)).status).toBe(401);
    expect((await signInWith(codeOf(secret, 1))).status).toBe(200);
  });

  it('is replaced by a recovery code, which counts once, until new ones are made', async () => {
    const { secret, recoveryCodes } = await enable();
    const [first, second] = recoveryCodes;
    expect((await signInWith(first)).status).toBe(200);
    expect((await signInWith(first)).status).toBe(401);
    const path = '/v1/me/totp/recovery-codes';
    const replace = (code?: string, password = PASSWORD) => user.api.post(path, { password, code });
    expect((await replace(first)).body.code).toBe('wrong_code');
    expect((await replace(codeOf(secret), 'wrong')).body.code).toBe('wrong_password');
    const { status, body } = await replace(codeOf(secret));
    expect([status, body.recoveryCodes.length]).toEqual([200, 10]);
    expect((await signInWith(second)).status).toBe(401);
    expect((await signInWith(body.recoveryCodes[0])).status).toBe(200);
  });

  it('is not begun, replaced or ended by whoever has the session alone', async () => {
    for (const password of ['wrong', undefined]) {
      const { status } = await user.api.post('/v1/me/totp', { password });
      expect(status).toBe(password ? 403 : 422);
    }
  });

  it('tells its user by e-mail when it is set up, gets other recovery codes or ends', async () => {
    const { secret, recoveryCodes } = await enable();
    const replacing = { password: PASSWORD, code: recoveryCodes[0] };
    await user.api.post('/v1/me/totp/recovery-codes', replacing);
    await user.api.delete('/v1/me/totp', {}, { password: PASSWORD, code: codeOf(secret) });
    expect(await changesTold()).toEqual(['was removed', 'were replaced', 'was set up']);
  });

  it('that is lost is taken away by an owner, with an e-mail, and the user is signed out', async () => {
    await enable();
    const owner = await addUser(api, tenant, 'owner');
    const path = `/v1/users/${user.id}/totp`;
    const stranger = await addUser(api, await api.addTenant(), 'owner');
    expect((await stranger.api.delete(path)).status).toBe(404);
    expect((await user.api.delete(path)).status).toBe(403);
    expect((await owner.api.delete(path)).status).toBe(204);
    expect((await user.api.get('/v1/me')).status).toBe(401);
    letIn(await signInWith());
    expect((await changesTold())[0]).toBe('was removed');
    expect((await owner.api.delete(path)).body.code).toBe('no_second_factor');
  });

  it('of their own is taken away by nobody without password and code, owners included', async () => {
    user = await addUser(api, tenant, 'owner');
    await enable();
    const { body } = await user.api.delete(`/v1/users/${user.id}/totp`);
    expect(body.code).toBe('permission_denied');
    const keeper = await tenant.apiWith('users:write');
    expect((await keeper.delete(`/v1/users/${user.id}/totp`)).body.code).toBe('permission_denied');
    expect((await signInWith()).body.code).toBe('second_factor_required');
  });

  it('cannot be guessed for days, and nobody who tries locks its user out', async () => {
    const { secret, recoveryCodes } = await enable();
    const known = new Browser(api.url);
    await known.signIn(user, PASSWORD, recoveryCodes[0]);
    await api.database.query(
      'UPDATE users SET totp_failures = 99, totp_failures_since = now() WHERE email = $1',
      [user.email],
    );
    expect((await signInWith('000000')).body.code).toBe('invalid_credentials');
    const refused = await signInWith(codeOf(secret));
    expect([refused.status, refused.body.detail]).toEqual([
      429,
      expect.stringContaining('Use a recovery code'),
    ]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(86_000);
    expect((await signInWith(recoveryCodes[1])).status).toBe(200);
    expect((await known.signIn(user, PASSWORD, codeOf(secret))).status).toBe(200);
    await api.database.query(
      `UPDATE users SET totp_failures_since = now() - interval '25 hours' WHERE email = $1`,
      [user.email],
    );
    expect((await signInWith('000000')).body.code).toBe('invalid_credentials');
    expect((await signInWith(codeOf(secret, 1))).status).toBe(200);
  });

  it('is taken away with password and code alone', async () => {
    const { secret, recoveryCodes } = await enable();
    const disable = async (body: object) => (await user.api.delete('/v1/me/totp', {}, body)).body;
    const [code] = recoveryCodes;
    expect(await disable({ password: 'wrong', code })).toMatchObject({ code: 'wrong_password' });
    expect(await disable({ password: PASSWORD, code: '000000' })).toMatchObject({
      code: 'wrong_code',
    });
    expect(await disable({ password: PASSWORD, code: codeOf(secret) })).toBeUndefined();
    expect((await signInWith()).status).toBe(200);
    expect(await disable({ password: PASSWORD, code })).toMatchObject({
      code: 'no_second_factor',
    });
    const log = await api.database.query<{ action: string }>(
      `SELECT action FROM audit_log WHERE resource_id = $1 AND action LIKE '%second_factor%' ORDER BY id`,
      [user.id],
    );
    expect(log.map(({ action }) => action)).toEqual([
      'user.second_factor_enabled',
      'user.second_factor_disabled',
    ]);
  });

  it('is asked for by a link for a new password too, which stays good until then', async () => {
    const { secret } = await enable();
    await postAsStranger(api, '/v1/auth/password/forgot', { email: user.email });
    await expect.poll(() => linksOf(api, user.email)).toHaveLength(1);
    const [token] = await linksOf(api, user.email);
    const reset = (code?: string) =>
      postAsStranger(api, '/v1/auth/password/reset', {
        token,
        password: 'violet harbour sings low',
        ...(code && { code }),
      });
    expect((await reset()).body.code).toBe('second_factor_required');
    expect((await reset('000000')).body.code).toBe('invalid_credentials');
    letIn(await reset(codeOf(secret)));
  });

  it('is asked for by a link too when it was set up while the link was being used', async () => {
    await postAsStranger(api, '/v1/auth/password/forgot', { email: user.email });
    await expect.poll(() => linksOf(api, user.email)).toHaveLength(1);
    const [token] = await linksOf(api, user.email);
    await enable();
    const choice = { passwordHash: 'another', totpConfirmedAt: null };
    const visit = { address: '192.0.2.1', userAgent: '', requestId: 'req_test' };
    const accounts = new AccountRepository(api.db);
    expect(await accounts.redeemLink('password_reset', token!, choice, visit)).toBeUndefined();
    expect((await signInWith()).body.code).toBe('second_factor_required');
  });

  it('ends the sessions that were opened without it, all but the one it is set up in', async () => {
    const other = letIn(await signInWith());
    expect((await other.get('/v1/me')).status).toBe(200);
    await enable();
    expect((await other.get('/v1/me')).status).toBe(401);
    expect((await user.api.get('/v1/me')).status).toBe(200);
    const reasons = await api.database.query(
      `SELECT after->>'reason' AS reason FROM audit_log WHERE action = 'session.ended' AND actor_id = $1`,
      [user.id],
    );
    expect(reasons).toEqual([{ reason: 'second_factor_enabled' }]);
  });

  it('that a tenant demands opens everything once it is set up', async () => {
    const own = await api.addTenant();
    user = await addUser(api, own, 'developer');
    await own.api.patch('/v1/settings', { secondFactorRequired: true });
    expect((await user.api.get('/v1/webhooks')).body.code).toBe('second_factor_missing');
    await enable();
    expect((await user.api.get('/v1/webhooks')).status).toBe(200);
  });
});
