import { toTypeId } from '@schoolbell/ids';
import { totpCode } from '@schoolbell/identity';
import { eventually } from '../../../support/index.js';
import { anEmail, linksOf } from '../accounts.js';
import { Browser, PASSWORD, signedIn } from '../people.js';
import type { Call, Change, Changed } from './change.js';

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

const NEW_PASSWORD = 'copper lantern drifts west';
const STEP_MS = 30_000;

const somebody = ({ schoolbell: { apiUrl, database, tenantUuid } }: Changed) =>
  signedIn({ url: apiUrl, database }, { tenantUuid, role: 'developer' });
const aStranger = ({ schoolbell }: Changed) => new Browser(schoolbell.apiUrl);

/** A change of a user to their own account. */
function ofMe(change: (me: SignedIn) => ReturnType<Call>): Change {
  return async (where) => {
    const me = await somebody(where);
    return () => change(me);
  };
}

/** The same with a second factor in use: each code works once. */
function withSecondFactor(change: (me: SignedIn, code: string) => ReturnType<Call>): Change {
  return async (where) => {
    const me = await somebody(where);
    const secret = await beginTotp(me);
    await me.browser.api.post('/v1/me/totp/confirm', { code: codeBefore(secret) });
    return () => change(me, totpCode(secret, new Date()));
  };
}

const beginTotp = async ({ browser }: SignedIn): Promise<string> =>
  (await browser.api.post('/v1/me/totp', { password: PASSWORD })).body.secret;
/** The code of the step before, which is valid too. */
const codeBefore = (secret: string) => totpCode(secret, new Date(Date.now() - STEP_MS));

/** A change to a user by an owner of the tenant. */
function ofUser(change: (where: Changed, path: string) => ReturnType<Call>): Change {
  return async (where) => {
    const { body } = await where.api.post('/v1/users', aPerson());
    return () => change(where, `/v1/users/${body.id}`);
  };
}

const ofTenant = ({ schoolbell: { tenantUuid } }: Changed) => ({
  'x-tenant-id': toTypeId('tenant', tenantUuid),
});
const aPerson = () => ({ email: anEmail(), name: 'Ada', role: 'developer' });

const linkTo = (where: Changed, email: string): Promise<string> =>
  eventually(async () => {
    const [link] = await linksOf(where, email);
    if (!link) throw new Error(`No link for ${email}`);
    return link;
  });

export const CHANGES_OF_PEOPLE: Record<string, Change> = {
  createUser:
    async ({ api }) =>
    () =>
      api.post('/v1/users', aPerson()),
  updateUser: ofUser(({ api }, path) => api.patch(path, { role: 'viewer' })),
  deleteUser: ofUser(({ api }, path) => api.delete(path)),
  resendInvitation: ofUser(({ api }, path) => api.post(`${path}/invitation`)),
  resetTotp: async (where) => {
    const me = await somebody(where);
    const secret = await beginTotp(me);
    await me.browser.api.post('/v1/me/totp/confirm', { code: codeBefore(secret) });
    // A session that ends makes an entry of its own.
    await me.browser.signOut();
    return () => where.api.delete(`/v1/users/${me.person.id}/totp`);
  },

  acceptInvitation: async (where) => {
    const { body } = await where.api.post('/v1/users', aPerson());
    const choice = { token: await linkTo(where, body.email), password: PASSWORD, name: 'Ada' };
    return () => aStranger(where).post('/v1/auth/invitations/accept', choice);
  },
  resetPassword: async (where) => {
    const person = { ...aPerson(), password: PASSWORD };
    const { body } = await where.platform.post('/v1/users', person, ofTenant(where));
    await aStranger(where).post('/v1/auth/password/forgot', { email: body.email });
    const choice = { token: await linkTo(where, body.email), password: NEW_PASSWORD };
    return () => aStranger(where).post('/v1/auth/password/reset', choice);
  },

  signIn: async (where) => {
    const { person } = await somebody(where);
    return () => aStranger(where).signIn(person);
  },
  signOut: ofMe(({ browser }) => browser.signOut()),
  endMySession: async (where) => {
    const { browser } = await somebody(where);
    const { body } = await browser.api.get('/v1/me/sessions');
    return () => browser.api.delete(`/v1/me/sessions/${body.data[0].id}`);
  },
  endMyOtherSessions: async (where) => {
    const { person, browser } = await somebody(where);
    await aStranger(where).signIn(person);
    return () => browser.api.delete('/v1/me/sessions');
  },

  updateMe: ofMe(({ browser }) => browser.api.patch('/v1/me', { name: 'Ada King' })),
  changePassword: ofMe(({ browser }) =>
    browser.api.post('/v1/me/password', { current: PASSWORD, password: NEW_PASSWORD }),
  ),
  confirmTotp: async (where) => {
    const me = await somebody(where);
    const code = codeBefore(await beginTotp(me));
    return () => me.browser.api.post('/v1/me/totp/confirm', { code });
  },
  replaceRecoveryCodes: withSecondFactor(({ browser }, code) =>
    browser.api.post('/v1/me/totp/recovery-codes', { password: PASSWORD, code }),
  ),
  disableTotp: withSecondFactor(({ browser }, code) =>
    browser.api.delete('/v1/me/totp', {}, { password: PASSWORD, code }),
  ),
};
