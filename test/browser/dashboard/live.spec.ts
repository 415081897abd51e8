import { afterEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, type WatchedPage } from '../support/dashboard.js';

describe.skipIf(noBrowser())('a page of the dashboard', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  const state = (words: string) =>
    visited!.page.getByRole('banner').getByRole('button', { name: new RegExp(`^${words}`) });

  it('is live, says so, and tells of a webhook that fails and of its dead letter without moving what is read', async () => {
    const receiver = await startReceiver();
    receiver.respondWith(500);
    const webhook = await dashboard.customer.webhook(receiver.url, {
      retrySchedule: [1],
      autoPauseAfter: 0,
    });
    visited = await dashboard.signedIn('/');
    const { page } = visited;
    await page.getByRole('heading', { name: 'Nothing was sent' }).waitFor();
    await state('Live').waitFor();
    await dashboard.customer.completes(webhook);
    const menu = page.getByRole('navigation', { name: 'Pages' });
    await menu.getByTitle(/1 dead letter/).waitFor({ timeout: 20_000 });
    await page.getByRole('heading', { name: '1 webhook needs you' }).waitFor();
    await page.getByText('1 dead letter.').waitFor();
    await visited.expectNoFaults();
    await page.getByRole('button', { name: 'Show 1 webhook' }).click();
    const needs = page.getByRole('region', { name: 'Webhooks that need you' });
    await needs.getByText('The last 2 attempts failed').waitFor();
    receiver.respondWith(204);
    await dashboard.customer.completesTimes(webhook, 2);
    await needs.getByText('Fine again').waitFor({ timeout: 15_000 });
    expect(await visited.accessibilityFaults()).toEqual([]);
    await visited.expectNoFaults();
    await receiver.close();
  });

  it('says that it asks every ten seconds where it gets no stream, and that it is offline where it gets nothing', async () => {
    visited = await dashboard.signedIn('/');
    visited.expectedFaults.push(/Failed to load resource/);
    await state('Live').waitFor();
    const { page } = visited;
    const context = page.context();
    await context.route('**/v1/stream/**', (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await state('Updating every 10 s').waitFor({ timeout: 15_000 });
    await context.setOffline(true);
    await state('Offline').waitFor({ timeout: 15_000 });
    await context.unroute('**/v1/stream/**');
    await context.setOffline(false);
    await state('Live').waitFor({ timeout: 15_000 });
  });
});
