import { afterEach, describe, expect, it } from 'vitest';
import { anEmail } from '../../e2e/support/accounts.js';
import { seedTenant } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, newName, type WatchedPage, WIDE } from '../support/dashboard.js';

/** Longer than the router waits before it draws something. */
const SLOW_MS = 500;

describe.skipIf(noBrowser())('the platform', () => {
  const dashboard = new Dashboard(new Chromium(), 'Acme of the platform');
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  it('chooses a tenant first, switches to another by its name and Enter wherever a mouse passes, and sees nothing of the one before', async () => {
    const zebra = newName('Zebra of the platform');
    await seedTenant(dashboard.schoolbell.database, zebra);
    await dashboard.customer.api.post('/v1/api-keys', {
      name: 'Key of Acme',
      permissions: ['events:read'],
    });
    visited = await dashboard.signedIn('/deliveries?q=wh_of_acme', { role: 'platform_admin' });
    const { page } = visited;
    await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
    const pages = page.getByRole('navigation', { name: 'Pages' }).getByRole('link');
    expect(await pages.allTextContents()).toEqual(['Tenants', 'Settings']);
    expect(await visited.accessibilityFaults()).toEqual([]);

    await page.getByLabel('Search', { exact: true }).fill('acme of the');
    await page.waitForURL(/q=acme/);
    await page.getByRole('button', { name: 'Look at it: Acme of the platform' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const switcher = page.getByRole('combobox', { name: /^Tenant: Acme of the platform/ });
    await switcher.waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByText('Key of Acme').first().waitFor();

    await switcher.focus();
    await page.keyboard.press('Enter');
    await page.getByPlaceholder('Search by name').fill(zebra.toLowerCase());
    const option = page.getByRole('option', { name: zebra });
    await option.hover();
    await page.mouse.move(WIDE.width / 2, WIDE.height / 2);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: `Tenant: ${zebra}` }).waitFor();
    await page.getByText('For programs that post events').waitFor();
    await expect.poll(() => page.getByText('Key of Acme').count()).toBe(0);

    // The tenant is chosen for this tab alone, and stays when it is loaded anew.
    await page.reload();
    await page.getByRole('combobox', { name: `Tenant: ${zebra}` }).waitFor();
    const tab = await page.context().newPage();
    await tab.goto(dashboard.url);
    await tab.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
    await visited.expectNoFaults();
  });

  it('is asked nothing of a tenant while the page where one is chosen is still loaded', async () => {
    visited = await dashboard.signedIn('/settings', { role: 'platform_admin' });
    const { page } = visited;
    await page.route('**/tenants-page*', async (route) => {
      await page.waitForTimeout(SLOW_MS);
      await route.continue();
    });
    await page.goto(`${dashboard.url}/deliveries`);
    await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
    await visited.expectNoFaults();
  });

  it('makes a tenant with its first owner, whose link it finds, and edits its limits', async () => {
    const [name, email] = [newName('Brand New Academy'), anEmail()];
    visited = await dashboard.signedIn('/tenants', { role: 'platform_admin' });
    const { page } = visited;
    await page.getByRole('button', { name: 'New tenant' }).click();
    await page.getByLabel('Name of the organisation').fill(name);
    await page.getByLabel('Name of the first owner').fill('Ada');
    await page.getByLabel('E-mail of the first owner').fill(email);
    await visited.expectNoFaults();
    await page.getByRole('button', { name: 'Create and invite' }).click();
    const row = page.getByRole('row', { name });
    await row.getByRole('button', { name: /^Edit/ }).click();
    await page.getByLabel('Launches a month in its plan').fill('1234');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('1,234').waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('link', { name: 'E-mails' }).click();
    const mail = page.getByRole('listitem').filter({ hasText: email });
    const link = await visited.copied(mail.getByRole('button', { name: 'Copy the link' }));
    expect(link).toMatch(/\/invitation#token=\w+$/);
    // The list has moved for the new tenant, and for those that other files made meanwhile.
    visited.expectNoErrors();
  });

  it('has support that reads and retries, and is offered neither secrets nor changes', async () => {
    visited = await dashboard.signedIn('/tenants', {
      role: 'platform_support',
      viewport: NARROW,
      colorScheme: 'dark',
    });
    const { page } = visited;
    await page.getByRole('button', { name: 'Look at it: Acme of the platform' }).waitFor();
    expect(await page.getByRole('button', { name: /^(New tenant|Edit)/ }).count()).toBe(0);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.getByRole('button', { name: 'Look at it: Acme of the platform' }).click();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.goto(`${dashboard.url}/settings`);
    const sections = page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
    await sections.first().waitFor();
    expect(await sections.allTextContents()).toEqual([
      'Your account',
      'General',
      'Event types',
      'Usage',
      'Audit log',
      'E-mails',
    ]);
    await visited.expectNoFaults();
  });
});
