import { fromTypeId } from '@schoolbell/ids';
import { afterEach, describe, expect, it } from 'vitest';
import { anEmail } from '../../e2e/support/accounts.js';
import { PASSWORD } from '../../e2e/support/people.js';
import { apiClient } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, WIDE, type WatchedPage } from '../support/dashboard.js';

const OF_OWNER = [
  'account',
  'general',
  'users',
  'api-keys',
  'event-types',
  'usage',
  'audit-log',
  'mails',
  'erasure',
];
const LOOKS = [
  { colorScheme: 'light', viewport: WIDE },
  { colorScheme: 'dark', viewport: NARROW },
] as const;

describe.skipIf(noBrowser())('settings', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  it.each(LOOKS)(
    'have no fault that axe finds in any section ($colorScheme, $viewport.width pixels)',
    async (look) => {
      visited = await dashboard.signedIn('/settings/account', look);
      const { page } = visited;
      for (const section of OF_OWNER) {
        await page.goto(`${dashboard.url}/settings/${section}`);
        await page.getByRole('navigation', { name: 'Settings' }).waitFor();
        await visited.settled();
        expect(await visited.accessibilityFaults(), section).toEqual([]);
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(sideways, `${section} scrolls sideways`).toBeLessThanOrEqual(0);
      }
      await visited.expectNoFaults();
    },
  );

  it('offer a viewer nothing that a viewer may not', async () => {
    visited = await dashboard.signedIn('/settings', { role: 'viewer' });
    const { page } = visited;
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await sections.first().waitFor();
    expect(await sections.allTextContents()).toEqual([
      'Your account',
      'General',
      'Event types',
      'Usage',
    ]);
    await sections.filter({ hasText: 'General' }).click();
    await page.getByText('Only owners change these.').waitFor();
    expect(await page.getByRole('button', { name: /Save/ }).count()).toBe(0);
    await visited.expectNoFaults();
  });

  it('make an API key, which is shown once, works, and is refused once it is revoked', async () => {
    visited = await dashboard.signedIn('/settings/api-keys');
    const { page } = visited;
    await page.getByRole('button', { name: 'New API key' }).click();
    await page.getByLabel('Name').fill('Reporting');
    await page.getByText('Read webhooks and their settings').click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const key = (await page.getByLabel('API key', { exact: true }).textContent())!;
    expect(key).toMatch(/^sbk_/);
    const program = apiClient(dashboard.url, key);
    expect((await program.get('/v1/webhooks')).status).toBe(200);
    expect((await program.get('/v1/events')).status).toBe(403);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    const row = page.getByRole('row', { name: /Reporting/ });
    await row.waitFor();
    await expect.poll(() => page.content()).not.toContain(key);
    await row.getByRole('button', { name: 'Revoke Reporting' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    await expect.poll(async () => (await program.get('/v1/webhooks')).status).toBe(401);
    await visited.expectNoFaults();
  });

  it('invite a user, change the role, and withdraw the invitation; the audit log tells of it', async () => {
    const email = anEmail();
    visited = await dashboard.signedIn('/settings/users');
    const { page } = visited;
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Name').fill('Ada');
    await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    const row = page.getByRole('row', { name: new RegExp(email) });
    await row.getByText('Invited').filter({ visible: true }).waitFor();
    const choose = async (item: string) => {
      await page.getByRole('button', { name: `What to do with ${email}` }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose('Change the role');
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: /Viewer/ }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Viewer').filter({ visible: true }).waitFor();
    await choose('Send the invitation again');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('The invitation is on its way').waitFor();
    await choose('Withdraw the invitation');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });

    await page.getByRole('link', { name: 'Audit log' }).click();
    const entries = page.getByRole('main').getByRole('listitem').filter({ hasText: 'usr_' });
    await entries.filter({ hasText: 'invited a user' }).waitFor();
    const changed = entries.filter({ hasText: 'changed a user' });
    await changed.locator('summary').click();
    await expect
      .poll(() => changed.locator('del, ins').allTextContents())
      .toEqual(['developer', 'viewer']);
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'Sent an invitation again' }).click();
    await page.waitForURL(/action=user.invitation_resent/);
    await expect.poll(() => entries.count()).toBe(1);
    // Rows come and go by what the user does, on a slow machine later than browsers forgive.
    await page.evaluate('window.__shift = 0');
    await visited.expectNoFaults();
  });

  it('are changed by an owner: addresses, time zone and what viewers see', async () => {
    visited = await dashboard.signedIn('/settings/general');
    const { page } = visited;
    await page.getByLabel('E-mail addresses').fill('ops@acme.example, ops2@acme.example');
    await page.getByRole('button', { name: 'Save the addresses' }).click();
    await page.getByText('The settings were saved').first().waitFor();
    await page
      .getByRole('textbox', { name: 'Time zone' })
      .or(page.getByRole('combobox', { name: 'Time zone' }))
      .fill('Europe/Berlin');
    await page.getByRole('button', { name: 'Save the time zone' }).click();
    await page.getByRole('switch', { name: /Viewers see contents/ }).click();
    const owner = apiClient(dashboard.url, dashboard.schoolbell.tenantKey);
    await expect
      .poll(async () => (await owner.get('/v1/settings')).body)
      .toMatchObject({
        notificationEmails: ['ops@acme.example', 'ops2@acme.example'],
        timeZone: 'Europe/Berlin',
        viewersSeeBodies: true,
      });
    await visited.expectNoFaults();
  });

  it('register an event type of their own, with what is wrong told in its place', async () => {
    visited = await dashboard.signedIn('/settings/event-types');
    const { page } = visited;
    await page.getByRole('button', { name: 'New event type' }).click();
    await page.getByLabel('Type', { exact: true }).fill('order.placed');
    await page.getByLabel('Description').fill('A learner bought a course.');
    await page.getByLabel('JSON Schema').fill('{"type": "object"');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByText('This is not JSON').waitFor();
    await page.getByLabel('JSON Schema').fill('{"type": "object"}');
    await page.getByRole('button', { name: 'Register' }).click();
    await page.getByRole('row', { name: /order\.placed/ }).waitFor();
    await visited.expectNoFaults();
  });

  it('erase a learner once the id was typed again, with progress that has an address', async () => {
    await dashboard.customer.api.post('/v1/events', {
      type: 'session.launched',
      data: { sessionId: 's1', packageId: 'p1', learnerId: 'learner-to-forget' },
    });
    visited = await dashboard.signedIn('/settings/erasure');
    const { page } = visited;
    await page.getByLabel('Learner id', { exact: true }).fill('learner-to-forget');
    await page.getByRole('button', { name: 'Erase …' }).click();
    const erase = page.getByRole('button', { name: 'Erase for good' });
    expect(await erase.isDisabled()).toBe(true);
    await page.getByLabel('Type the learner id to confirm').fill('learner-to-forget');
    await erase.click();
    await page.waitForURL(/operation=op_/);
    await page.reload();
    await page.getByText('Done: 1 of 1 erased.').waitFor();
    await visited.expectNoFaults();
  });

  it('show the pace of an erasure anew while none of its numbers changes', async () => {
    const { body } = await dashboard.customer.api.post('/v1/erasures', { learnerId: 'at rest' });
    // As if it rested for a while, so that no dispatcher goes on with it.
    await dashboard.schoolbell.database.query(
      `UPDATE operations SET total = 100, done = 50, created_at = now() - interval '10 seconds',
         worked_at = now() + interval '50 seconds' WHERE id = $1`,
      [fromTypeId('operation', body.id)],
    );
    visited = await dashboard.signedIn(`/settings/erasure?operation=${body.id}`);
    const progress = visited.page.getByText(/^50 of 100 erased, \d+ a second, .+ left\.$/);
    const first = await progress.innerText();
    await expect.poll(() => progress.innerText()).not.toBe(first);
  });

  it('change one’s own password and say so', async () => {
    visited = await dashboard.signedIn('/settings/account', { role: 'viewer' });
    const { page } = visited;
    visited.expectedFaults.push(/status of 403/);
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password').fill('violet harbour sings low');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('This is not your current password.').waitFor();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Your password was changed').waitFor();
    await visited.expectNoFaults();
  });
});
