import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, type WatchedPage } from '../support/dashboard.js';

/** Longer than any page waits before it draws something in the place of what it has asked for. */
const SLOW_MS = 1_500;
const FIRST_LATER_MS = 1_000;
const BETWEEN_MS = 200;

/** What React waits for before it replaces a page that says that it loads. */
const MOST_WAITED_MS = 300;
const STEP_MS = 50;

describe.skipIf(noBrowser())('a page of the dashboard', () => {
  const dashboard = new Dashboard(new Chromium(), 'Live Learning', beforeEach);
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
    await menu.getByTitle(/1 dead letter/).waitFor();
    await page.getByRole('heading', { name: '1 webhook needs you' }).waitFor();
    await page.getByText('1 dead letter.').waitFor();
    await visited.expectNoFaults();
    await page.getByRole('button', { name: 'Show 1 webhook' }).click();
    const needs = page.getByRole('region', { name: 'Webhooks that need you' });
    await needs.getByText('The last 2 attempts failed').waitFor();
    receiver.respondWith(204);
    await dashboard.customer.completesTimes(webhook, 2);
    await needs.getByText('Fine again').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await visited.expectNoFaults();
    await receiver.close();
  });

  it('shows how an event goes out in its place, and keeps new events until they are wanted, also those that no webhook wanted', async () => {
    const receiver = await startReceiver();
    const { promise: seen, resolve: answer } = Promise.withResolvers<number>();
    receiver.respondWith(() => seen);
    const { customer } = dashboard;
    const webhook = await customer.webhook(receiver.url);
    await customer.completes(webhook);
    visited = await dashboard.signedIn(`/events?packageId=${webhook.packageId}`);
    const { page } = visited;
    const rows = page.getByRole('table', { name: 'Events' }).getByRole('row');
    await rows.nth(1).getByText('1 waiting').waitFor();
    await state('Live').waitFor();
    answer(200);
    await rows.nth(1).getByText('1 delivered').waitFor();

    await customer.completes(webhook);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    await customer.reports('session.launched', { packageId: webhook.packageId });
    await page.getByRole('button', { name: '2 new' }).waitFor();
    expect(await rows.count()).toBe(1 + 1);
    await visited.expectNoFaults();
    await page.getByRole('button', { name: '2 new' }).click();
    await rows.filter({ hasText: 'No webhook wanted it' }).waitFor();
    expect(await rows.count()).toBe(1 + 3);
    visited.expectNoErrors();
    await receiver.close();
  });

  it('is drawn as soon as it is known who is signed in, with nothing that waits for a clock', async () => {
    visited = await dashboard.signedIn('/guide');
    const { page } = visited;
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 1_000);
    await page.goto(`${dashboard.url}/webhooks`);
    const heading = page.getByRole('heading', { name: 'Webhooks', level: 1 });
    let ms = 0;
    // Answers come in real time, while the page's own goes on in these steps alone.
    for (; !(await heading.isVisible()); ms++) {
      expect(ms).toBeLessThan(MOST_WAITED_MS);
      await page.clock.runFor(1);
      await sleep(STEP_MS);
    }
  });

  it('says that it loads while the API is slow, and moves nothing when it answers, whatever comes first', async () => {
    const receiver = await startReceiver();
    const webhook = await dashboard.customer.webhook(receiver.url);
    await dashboard.customer.completesTimes(webhook, 3);
    await receiver.waitFor(3);
    visited = await dashboard.signedIn('/guide');
    const { page } = visited;
    let asked = 0;
    await page.route(/\/v1\/(?!auth|me|stream)/, async (route) => {
      // What was asked for last is answered first.
      await sleep(SLOW_MS + Math.max(0, FIRST_LATER_MS - BETWEEN_MS * asked++));
      await route.continue();
    });
    for (const path of ['/', '/deliveries', '/dead-letters', '/webhooks', '/events']) {
      asked = 0;
      await page.goto(dashboard.url + path);
      const loading = page.getByRole('status').filter({ hasText: /^Loading/ });
      await loading.first().waitFor();
      await expect.poll(() => loading.count()).toBe(0);
      await visited.settled();
      await visited.expectNoFaults();
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await receiver.close();
  });

  it('says that it asks every ten seconds where it gets no stream, and that it is offline where it gets nothing', async () => {
    visited = await dashboard.signedIn('/');
    visited.expectedFaults.push(/Failed to load resource/);
    await state('Live').waitFor();
    const { page } = visited;
    const context = page.context();
    await context.setOffline(true);
    await state('Offline').waitFor();
    await context.setOffline(false);
    await state('Live').waitFor();
    await context.route('**/v1/stream/**', (route) => route.fulfill({ status: 503 }));
    await page.reload();
    await state('Updating every 10 s').waitFor();
    await context.setOffline(true);
    await state('Offline').waitFor();
    await context.unroute('**/v1/stream/**');
    await context.setOffline(false);
    await state('Live').waitFor();
  });
});
