import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

const about = (id: string) => ({
  sessionId: `ses-${id}`,
  learnerId: `lrn-${id}`,
  packageId: 'pkg',
});

async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
  await page.keyboard.press('Control+v');
}

const box = (page: Page) => page.getByLabel('Search by any id');

describe.skipIf(noBrowser())('the box for any id', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage;
  afterEach(() => visited?.close());

  it('leads from a pasted curl straight to the event, and puts no key into an address', async () => {
    const { customer } = dashboard;
    const id = await customer.posts('session.launched', about('pasted'));
    visited = await dashboard.signedIn();
    const { page } = visited;
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await visited.entersBox();
    await paste(
      page,
      `curl 'https://api.example/v1/events/${id}' \\\n  -H 'Authorization: Bearer sbk_very_secret' \\\n  -H 'Accept: */*'`,
    );
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'session.launched' }).waitFor();
    await page.waitForURL(`**/events/${id}`);
    expect(addresses.join('\n')).not.toContain('secret');
    await page.getByText('There is no webhook').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'lrn-pasted' }).click();
    await page.getByText('No completion was reported for this session').first().waitFor();
    await visited.expectNoFaults();
  });

  it('lists what is found as one types, and arrows choose; a slash in another field is a slash', async () => {
    const { customer } = dashboard;
    await customer.posts('session.launched', {
      ...about('x'),
      sessionId: 'both',
      learnerId: 'both',
    });
    visited = await dashboard.signedIn('/events');
    const { page } = visited;
    await page.getByLabel('Filter by an id').pressSequentially('a/b');
    expect(await page.getByLabel('Filter by an id').inputValue()).toBe('a/b');
    await box(page).click();
    await page.keyboard.type('both', { delay: 20 });
    const options = page.getByRole('option');
    await options.nth(1).waitFor();
    expect(await options.count()).toBe(2);
    expect(await box(page).inputValue()).toBe('both');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Learners (1)' }).waitFor();
    await page.getByRole('heading', { name: 'Sessions (1)' }).waitFor();
    await box(page).click();
    await page.keyboard.type('both');
    await options.nth(1).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/story\?(session|learner)Id=both/);
    await visited.expectNoFaults();
  });

  it('says what to do where nothing is found, on 390 pixels too', async () => {
    visited = await dashboard.signedIn('/', { viewport: NARROW, colorScheme: 'dark' });
    const { page } = visited;
    await box(page).click();
    await page.keyboard.type('nobody-has-this');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing has this id').waitFor();
    await page.getByText('this one has 15 characters').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'See all refused posts' }).click();
    await page.getByRole('heading', { level: 1, name: 'Refused posts' }).waitFor();
    await visited.expectNoFaults();
  });

  it('keeps the letters in their order on a slow computer, where the list of hits comes as one types', async () => {
    const ids = { ...about('slow'), sessionId: 'ses-0123456789abcdef' };
    await dashboard.customer.posts('session.launched', ids);
    for (const slowness of [6, 12]) {
      const slow = await dashboard.signedIn();
      const devTools = await slow.page.context().newCDPSession(slow.page);
      await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowness });
      await slow.entersBox();
      await slow.page.keyboard.type(ids.sessionId, { delay: 2 });
      await slow.page.keyboard.press('Enter');
      await slow.page.waitForURL(/story\?sessionId=ses-0123456789abcdef/);
      await slow.close();
    }
  });

  it('finds posts that were refused, with what was wrong and whose turn it is', async () => {
    const { api } = dashboard.customer;
    const data = { ...about('refused'), completionStatus: 'done' };
    await api.post('/v1/events', { type: 'session.completed', data });
    await api.post('/v1/events', { type: 'no.such.type', data: about('other') });
    await eventually(async () => {
      const { body } = await api.get('/v1/event-rejections');
      expect(body.data).toHaveLength(2);
    });
    visited = await dashboard.signedIn();
    const { page } = visited;
    await visited.entersBox();
    await page.keyboard.type('ses-refused');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: 'Refused post' });
    await panel.getByText('The body breaks a rule').waitFor();
    await panel.getByText('data.completionStatus').first().waitFor();
    await panel.getByText('the runtime’s', { exact: true }).waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    const table = page.getByRole('table', { name: 'Refused posts' });
    await table.getByText('There is no such event type').waitFor();
    await page.getByLabel('Filter by an id').fill('lrn-refused');
    await table.getByText('There is no such event type').waitFor({ state: 'detached' });
    await page.waitForURL('**/events/refused?q=lrn-refused');
    await table.getByText('The body breaks a rule').waitFor();
    await visited.expectNoFaults();
  });
});

describe.skipIf(noBrowser())('the command palette', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage;
  afterEach(() => visited?.close());

  it('goes to pages and actions by their names, finds ids, and remembers them', async () => {
    const id = await dashboard.customer.posts('session.launched', about('palette'));
    visited = await dashboard.signedIn();
    const { page } = visited;
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    const openPalette = async () => {
      await page.keyboard.press('Control+k');
      await palette.getByRole('combobox').and(page.locator(':focus')).waitFor();
    };
    await openPalette();
    await palette.getByRole('option', { name: 'Go to dead letters' }).waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.keyboard.type('new web');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/webhooks/new');
    await palette.waitFor({ state: 'detached' });
    await openPalette();
    await page.keyboard.type(id);
    await palette.getByRole('option', { name: id }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/events/${id}`);
    await palette.waitFor({ state: 'detached' });
    await openPalette();
    await palette.getByText('Looked up recently').waitFor();
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'detached' });
    await visited.expectNoFaults();
  });

  it('offers a viewer nothing that only others may do', async () => {
    visited = await dashboard.signedIn('/', { role: 'viewer' });
    const { page } = visited;
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Go to events' }).waitFor();
    expect(await page.getByRole('option', { name: 'New webhook' }).count()).toBe(0);
  });
});
