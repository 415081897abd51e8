import { totpCode } from '@schoolbell/identity';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { anEmail, linksOf } from '../../e2e/support/accounts.js';
import { PASSWORD } from '../../e2e/support/people.js';
import { apiClient, eventually } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';
import { scanned } from '../support/scanned.js';

const NEW_PASSWORD = 'violet harbour sings low';
const STEP_MS = 30_000;
const LOGINS_A_MINUTE = 10;

describe.skipIf(noBrowser())('signing in', () => {
  const chromium = new Chromium();
  const dashboard = new Dashboard(chromium);
  const strict = new Dashboard(chromium, 'Strict Academy');
  const visits: WatchedPage[] = [];
  afterEach(async () => {
    await Promise.all(visits.splice(0).map((visit) => visit.close()));
  });

  const visit = async (path: string, options = {}): Promise<WatchedPage> => {
    const visited = await dashboard.visit(path, options);
    visits.push(visited);
    return visited;
  };
  const platform = () => apiClient(dashboard.url, dashboard.schoolbell.platformKey);
  const linkTo = (email: string) =>
    eventually(async () => (await linksOf({ platform: platform() }, email))[0] ?? false);
  const menu = (page: Page) => page.getByRole('navigation', { name: 'Pages' });
  const signInHere = async (page: Page, email: string, password = PASSWORD) => {
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };

  it('an invitation lets somebody in, whose link is gone from the address at once', async () => {
    const email = anEmail();
    const owner = apiClient(dashboard.url, dashboard.schoolbell.tenantKey);
    await owner.post('/v1/users', { email, name: 'Ada', role: 'developer' });
    const visited = await visit(`/invitation#token=${await linkTo(email)}`, {
      viewport: NARROW,
      colorScheme: 'dark',
    });
    const { page } = visited;
    await page.getByLabel('Your name').fill('Ada King');
    await page.waitForURL(`${dashboard.url}/invitation`);
    expect(await visited.accessibilityFaults()).toEqual([]);

    await page.getByLabel('Password', { exact: true }).fill('password1234');
    await page.getByText('Long enough.').waitFor();
    visited.expectedFaults.push(/status of 422/);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText('choose one that nobody else would').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await visited.expectNoFaults();

    await page.goto(`${dashboard.url}/invitation#token=no-such-link`);
    await page.getByLabel('Your name').fill('Mallory');
    await page.getByLabel('Password', { exact: true }).fill(NEW_PASSWORD);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText('This invitation does not work').waitFor();
  });

  it('a wrong password and an unknown address are told alike; the way leads back to where one was going', async () => {
    const { email } = await dashboard.person('developer');
    const visited = await visit('/deliveries?status=dead');
    const { page } = visited;
    const refusal = page.getByRole('alert');
    const told: (string | null)[] = [];
    for (const who of [email, anEmail('nobody')]) {
      // What was told of the one before stands there until the answer.
      await Promise.all([page.waitForResponse('**/v1/auth/login'), signInHere(page, who, 'wrong')]);
      await refusal.waitFor();
      told.push(await refusal.textContent());
      await page.getByLabel('E-mail').fill('');
    }
    expect(told[0]).toMatch(/is wrong/);
    expect(told[1]).toBe(told[0]);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await signInHere(page, email);
    await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
    await page.waitForURL('**/deliveries?status=dead');

    // Who is signed in already goes on, and nowhere else than here.
    await page.goto(`${dashboard.url}/sign-in?to=${encodeURIComponent('//elsewhere.example/')}`);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.waitForURL(`${dashboard.url}/`);
    await visited.expectNoFaults();
  });

  it('too many attempts are told with the time to wait', async () => {
    const visited = await visit('/sign-in');
    visited.expectedFaults.push(/status of 429/);
    const { page } = visited;
    const email = anEmail();
    for (let failed = 0; failed < LOGINS_A_MINUTE; failed++) {
      await page.context().request.post(`${dashboard.url}/v1/auth/login`, {
        headers: { 'sec-fetch-site': 'same-origin' },
        data: { email, password: 'not the one' },
      });
    }
    await signInHere(page, email);
    await page.getByText(/^There were too many attempts\. Try again in /).waitFor();
  });

  it('a second factor is demanded by the tenant, set up, and asked for at the next sign-in; a recovery code does too', async () => {
    const owner = apiClient(strict.url, strict.schoolbell.tenantKey);
    const { email } = await strict.person('viewer');
    const visited = await visit('/');
    const { page } = visited;
    await owner.patch('/v1/settings', { secondFactorRequired: true });
    await signInHere(page, email);
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    expect(await menu(page).count()).toBe(0);
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Go on' }).click();
    const shown = await page.getByLabel('Key for the authenticator app').textContent();
    const secret = shown!.replaceAll(' ', '');
    const scan = await scanned(
      page.getByRole('img', { name: 'QR code for the authenticator app' }),
    );
    expect(new URL(scan).searchParams.get('secret')).toBe(secret);
    const code = (steps: number) => totpCode(secret, new Date(Date.now() + steps * STEP_MS));
    expect(await visited.accessibilityFaults()).toEqual([]);
    // A code is taken while it is the current one or next to it, and only if it is later than the last that was taken.
    await page.getByLabel('Code', { exact: true }).fill(code(0));
    await page.getByRole('button', { name: 'Confirm' }).click();
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await codes.first().waitFor();
    const [recoveryCode, ...others] = await codes.allTextContents();
    expect(others).toHaveLength(9);
    await page.getByText('I have kept them').click();
    await page.getByRole('button', { name: 'Done' }).click();
    await menu(page).waitFor();

    const second = await visit('/sign-in', { viewport: NARROW });
    await signInHere(second.page, email);
    await second.page.getByLabel('Code', { exact: true }).fill('000000');
    expect(await second.accessibilityFaults()).toEqual([]);
    await second.page.getByRole('button', { name: 'Go on' }).click();
    await second.page.getByText('This code is wrong or was used').waitFor();
    await second.page.getByLabel('Code', { exact: true }).fill(code(1));
    await second.page.getByRole('button', { name: 'Go on' }).click();
    await second.page.getByRole('button', { name: 'Menu' }).waitFor();

    const third = await visit('/sign-in');
    await signInHere(third.page, email);
    await third.page.getByLabel('Code', { exact: true }).fill('000000');
    await third.page.getByRole('button', { name: 'Go on' }).click();
    await third.page.getByRole('alert').waitFor();
    await third.page.getByRole('button', { name: 'Use a recovery code instead' }).click();
    await third.page.getByRole('alert').waitFor({ state: 'detached' });
    await third.page.getByLabel('Recovery code').fill(recoveryCode!);
    await third.page.getByRole('button', { name: 'Go on' }).click();
    await menu(third.page).waitFor();
    await visited.expectNoFaults();
  });

  it('a forgotten password is chosen anew by a link', async () => {
    const { email } = await dashboard.person('viewer');
    const visited = await visit('/sign-in');
    const { page } = visited;
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('link', { name: 'Forgotten your password?' }).click();
    // Both pages have a field of this name, and what was entered goes along; the address has none of it.
    await page.getByRole('heading', { name: 'Forgotten password' }).waitFor();
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email);
    await page.waitForURL(`${dashboard.url}/forgotten-password`);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('Check your mailbox').waitFor();
    await page.goto(`${dashboard.url}/password-reset#token=${await linkTo(email)}`);
    await page.getByLabel('New password').fill(NEW_PASSWORD);
    await page.waitForURL(`${dashboard.url}/password-reset`);
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await menu(page).waitFor();
    await page.goto(`${dashboard.url}/password-reset`);
    await page.getByText('This link does not work').waitFor();
    await visited.expectNoFaults();
  });

  it('two tabs live through a renewal in the middle, and signing out in one signs out the other', async () => {
    const { email } = await dashboard.person('viewer');
    const visited = await visit('/deliveries');
    const { page } = visited;
    await signInHere(page, email);
    await menu(page).waitFor();
    const other = await page.context().newPage();
    await other.goto(`${dashboard.url}/webhooks`);
    await menu(other).waitFor();
    // Both have an access token that the API takes no more, as after a quarter of an hour.
    await refuseOnce(page);
    await refuseOnce(other);
    await Promise.all([
      menu(page).getByRole('link', { name: 'Settings' }).click(),
      menu(other).getByRole('link', { name: 'Settings' }).click(),
    ]);
    for (const each of [page, other]) await each.getByText('Where you are signed in').waitFor();
    for (const each of [page, other]) await each.getByText('This one').waitFor();

    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    for (const each of [page, other]) {
      await each.getByRole('heading', { name: 'Sign in' }).waitFor();
      expect(new URL(each.url()).search).toBe('');
    }
  });

  it('a page of somebody else is another page: nothing stays of who was there before', async () => {
    const [ada, grace] = [await dashboard.person('owner'), await dashboard.person('viewer')];
    const visited = await visit('/settings/account');
    const { page } = visited;
    await signInHere(page, ada.email);
    await page.getByText(`${ada.email} · owner`).waitFor();
    const other = await page.context().newPage();
    await other.goto(dashboard.url);
    await other.getByRole('button', { name: /^Account of/ }).click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await signInHere(other, grace.email);
    await menu(other).waitFor();
    // The first tab goes on as the one who is signed in now, mostly by way of the sign-in page.
    await page.getByText(`${ada.email} · owner`).waitFor({ state: 'detached' });
    await visited.isInside();
    await visited.settled();
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByText(grace.email).waitFor();
    expect(await page.getByText(ada.email).count()).toBe(0);
  });

  it('signing out elsewhere ends the session of another browser within seconds, with a way back', async () => {
    const { email } = await dashboard.person('viewer');
    const [here, there] = [await visit('/settings/account'), await visit('/webhooks')];
    await signInHere(there.page, email);
    await there.page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    await signInHere(here.page, email);
    await here.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
    await there.page.getByText('Your session has ended').waitFor();
    await there.page.waitForURL((url) => url.searchParams.get('to') === '/webhooks');
    await signInHere(there.page, email);
    await there.page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  });
});

/** The next call of the page gets the answer to a token that has ended. */
async function refuseOnce(page: Page): Promise<void> {
  let refused = false;
  await page.route(/\/v1\/(?!auth)/, async (route) => {
    if (refused) return route.fallback();
    refused = true;
    const headers = { ...route.request().headers(), authorization: 'Bearer ended' };
    return route.continue({ headers });
  });
}
