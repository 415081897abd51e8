import { afterEach, describe, expect, it } from 'vitest';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, type WatchedPage } from '../support/dashboard.js';

const CHUNK = /\/assets\/deliveries-page-[^/]+\.js$/;

describe.skipIf(noBrowser())('a page that was open while Schoolbell was upgraded', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  it('loads itself anew, once, and says what is wrong when that does not help', async () => {
    visited = await dashboard.signedIn('/');
    const { page } = visited;
    let loads = 0;
    page.on('domcontentloaded', () => (loads += 1));
    let goneFor = 1;
    await page.route(CHUNK, (route) =>
      goneFor-- > 0 ? route.fulfill({ status: 404, body: '{}' }) : route.continue(),
    );
    const deliveries = page.getByRole('link', { name: 'Deliveries', exact: true }).first();
    await deliveries.click();
    await page.getByRole('heading', { level: 1, name: 'Deliveries' }).waitFor();
    expect(loads).toBe(1);

    goneFor = Infinity;
    // The pointer rests where the link will be, which may be enough to load ahead.
    const asked = page.waitForResponse(CHUNK);
    await page.goto(`${dashboard.url}/`);
    await Promise.all([asked, deliveries.hover()]);
    loads = 0;
    await deliveries.click();
    await page.getByText('This page failed').waitFor();
    expect(loads).toBeLessThanOrEqual(1);
  });

  it('says that nothing answers where a page cannot be loaded, and loads it once something does', async () => {
    visited = await dashboard.signedIn('/');
    const { page } = visited;
    await visited.settled();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Guide', exact: true }).first().click();
    await page.getByRole('alert').getByText('Schoolbell cannot be reached').waitFor();
    await page.getByRole('button', { name: 'Account of Ada' }).click();
    await page.getByText('This could not be loaded').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);

    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Guide' }).waitFor();
    await page.getByRole('button', { name: 'Account of Ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  });

  it('says so too where not even the menu can be shown, and goes on by itself', async () => {
    visited = await dashboard.signedIn('/');
    const { page } = visited;
    await page.route('**/v1/me', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText('Schoolbell cannot be reached').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.unroute('**/v1/me');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
  });
});
