import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type OwnWebhook, type Receiver, startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

/** The API refuses what a test enters wrongly, and a browser calls that an error. */
const REFUSED = /status of 422/;

describe.skipIf(noBrowser())('webhooks in the dashboard', () => {
  const dashboard = new Dashboard(new Chromium());
  const beginner = new Dashboard(new Chromium(), 'New here', beforeEach);
  let receiver: Receiver;
  let visited: WatchedPage;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => Promise.all([receiver.close(), visited?.close()]));

  const opened = async (path: string, look = {}): Promise<Page> => {
    visited = await dashboard.signedIn(path, look);
    return visited.page;
  };
  const heading = (page: Page, name: string) =>
    page.getByRole('heading', { level: 1, name }).waitFor();
  const isHeld = (webhook: OwnWebhook, times: number) =>
    eventually(async () => {
      const deliveries = await dashboard.customer.deliveries(webhook);
      expect(deliveries.map(({ status }) => status)).toEqual(Array(times).fill('held'));
    });

  it('somebody new sets the first webhook up in three steps, until a test event is received', async () => {
    visited = await beginner.signedIn('/webhooks');
    visited.expectedFaults.push(REFUSED);
    const { page } = visited;
    const url = page.getByLabel('URL of the receiver');
    await url.fill('ftp://example.com');
    await url.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'https' }).waitFor();
    receiver.respondWith(503);
    await url.fill(receiver.url);
    await url.press('Enter');
    await page.getByRole('button', { name: 'Create it and send a test event' }).click();
    await page
      .getByText('The receiver answered 503 Service Unavailable', { exact: true })
      .waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    receiver.respondWith(204);
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('The test event was received').waitFor();
    const [, received] = receiver.requests;
    expect(received!.headers).toMatchObject({
      'x-schoolbell-test': 'true',
      'x-schoolbell-event': 'session.completed',
    });
    await page.getByRole('link', { name: 'Done: see the webhook' }).click();
    await heading(page, new URL(receiver.url).host);
    expect((await beginner.customer.api.get('/v1/webhooks')).body.data).toHaveLength(1);
    await visited.expectNoFaults();
  });

  it('the form shows what is sent as it is filled in, and explains a wrong URL at its field', async () => {
    const page = await opened('/webhooks/new');
    visited.expectedFaults.push(REFUSED);
    const body = page.getByLabel('the body of the preview', { exact: true });
    await body.filter({ hasText: '"createdAt"' }).waitFor();
    await page.getByRole('combobox', { name: 'Format', exact: true }).click();
    await page.getByRole('option', { name: /^Docebo/ }).click();
    await body.filter({ hasText: '"message_id"' }).waitFor();
    await page.getByRole('tab', { name: 'Headers' }).click();
    await page.getByText('X-Hub-Signature-256').waitFor();

    await page.getByRole('button', { name: /^Filter/ }).click();
    await page
      .getByLabel('Only events for which this is true')
      .fill('data.successStatus = "failed"');
    await page.getByText('Discarded by the filter').waitFor();
    await page.getByLabel('Only events for which this is true').fill('');
    await page.getByRole('button', { name: /^Retries/ }).click();
    await page.getByLabel('Retry schedule', { exact: true }).fill('10 s, 1 h');
    await page.getByText('Given up 1 h 10 s after the first one').waitFor();

    const url = page.getByLabel('URL', { exact: true });
    await url.fill('http://10.0.0.1/in');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await page.locator('[aria-invalid=true]').waitFor();
    expect(await url.getAttribute('aria-invalid')).toBe('true');
    await url.fill(receiver.url);
    await page.getByLabel('Description').fill('By the form');
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await heading(page, 'By the form');
    const { data } = (await dashboard.customer.api.get('/v1/webhooks')).body;
    expect(data[0]).toMatchObject({ format: 'docebo', retrySchedule: [10, 3_600], filter: null });
    await visited.expectNoFaults();
  });

  it('an edit says what it changes before it saves, and warns of what somebody else changed meanwhile', async () => {
    const { id } = await dashboard.customer.webhook(receiver.url, {
      description: 'Before',
      headers: { Authorization: 'Bearer secret', 'X-Env': 'test' },
      authentication: { type: 'basic', username: 'me', password: 'hidden' },
    });
    const page = await opened(`/webhooks/${id}/edit`);
    await page.getByLabel('Description').fill('Mine');
    await dashboard.customer.api.patch(`/v1/webhooks/${id}`, {
      description: 'Theirs',
      timeoutSeconds: 20,
    });
    await page.getByRole('button', { name: 'Review and save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Somebody else changed this meanwhile').waitFor();
    expect(await dialog.getByRole('definition').allInnerTexts()).toEqual(['Before\nMine']);
    await dialog.getByRole('button', { name: 'Overwrite and save' }).click();
    await heading(page, 'Mine');
    const { body } = await dashboard.customer.api.get(`/v1/webhooks/${id}`);
    expect(body).toMatchObject({
      description: 'Mine',
      timeoutSeconds: 20,
      headers: { Authorization: '[redacted]', 'X-Env': 'test' },
      authentication: { type: 'basic', username: 'me' },
    });
    await visited.expectNoFaults();
  });

  it('a test event goes out while the webhook is paused, too, and shows the whole answer on the spot', async () => {
    const { id } = await dashboard.customer.webhook(receiver.url, { status: 'paused' });
    receiver.respondWith({ status: 503, body: 'closed for today' });
    const page = await opened(`/webhooks/${id}`);
    await page.getByRole('button', { name: 'Send test event' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send a test event' });
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
    await dialog
      .getByText('The receiver answered 503 Service Unavailable', { exact: true })
      .waitFor();
    await dialog.getByText('closed for today').waitFor();
    await dialog.getByRole('tab', { name: 'Request headers' }).click();
    await dialog.getByText('x-schoolbell-test: true').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    receiver.respondWith(200);
    await dialog.getByRole('button', { name: 'Send it again' }).click();
    await dialog.getByText('The test event was received').waitFor();
    expect(receiver.requests).toHaveLength(2);
    await visited.expectNoFaults();
  });

  it('who pauses a webhook is asked on resuming what becomes of the deliveries that were held', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url, { description: 'Held' });
    const page = await opened(`/webhooks/${webhook.id}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused by hand.').waitFor();
    await dashboard.customer.completesTimes(webhook, 3);
    await isHeld(webhook, 3);
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('3 deliveries are held.').waitFor();
    await page.getByRole('radio', { name: /^Discard them/ }).click();
    await page.getByRole('button', { name: 'Discard and resume' }).click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await eventually(async () => {
      const deliveries = await dashboard.customer.deliveries(webhook);
      expect(deliveries.map(({ status }) => status)).toEqual(Array(3).fill('discarded'));
    });

    // What was discarded comes after all, once somebody has read how many events these are.
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Replay/ }).click();
    await page.getByText('3 events will be sent again.').waitFor();
    await page.getByRole('button', { name: 'Replay 3 events' }).click();
    await page.getByText('Done: 3 of 3 sent on their way.').waitFor();
    await page.waitForURL(/[?&]operation=op_/);
    await receiver.waitFor(3);
    await visited.expectNoFaults();
  });

  it('the secret is shown when it is asked for, and rotated with an overlap that counts down', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url);
    const page = await opened(`/webhooks/${webhook.id}?tab=secret`);
    await page.getByRole('button', { name: 'Show the secret' }).click();
    await page.getByText(webhook.secret).waitFor();
    const copied = await visited.copied(page.getByRole('button', { name: 'Copy current secret' }));
    expect(copied).toBe(webhook.secret);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe(`${webhook.id}.json`);

    await page.getByRole('button', { name: /^Rotate/ }).click();
    await page.getByRole('radio', { name: /^1 hour/ }).click();
    await page.getByRole('button', { name: 'Rotate', exact: true }).click();
    await page.getByText(/Signs along for 59 min \d+ s\./).waitFor();
    const secret = await dashboard.customer.api.get(`/v1/webhooks/${webhook.id}/secret`);
    expect(secret.body.previous).toBe(webhook.secret);
    await page.getByText(secret.body.current).waitFor();
    await visited.expectNoFaults();
  });

  it('a webhook that is deleted was named before, with what is lost', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url, { status: 'paused' });
    await dashboard.customer.completes(webhook);
    await isHeld(webhook, 1);
    const page = await opened(`/webhooks/${webhook.id}`);
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await page.getByText('1 delivery that wait').waitFor();
    const confirm = page.getByRole('button', { name: 'Delete this webhook' });
    expect(await confirm.isDisabled()).toBe(true);
    await page.getByLabel(/^Type .* to confirm$/).fill(new URL(receiver.url).host);
    await confirm.click();
    await heading(page, 'Webhooks');
    expect((await dashboard.customer.api.get(`/v1/webhooks/${webhook.id}`)).status).toBe(404);
  });

  it('on a phone, a viewer sees how webhooks are, failing ones first, and nothing that they may not do', async () => {
    const failing = await dashboard.customer.webhook(receiver.url, {
      description: 'Failing one',
      retrySchedule: [1],
    });
    await dashboard.customer.webhook(`${receiver.url}/${'long/'.repeat(60)}`);
    const { host } = new URL(receiver.url);
    receiver.respondWith({ status: 500, body: 'no' });
    await dashboard.customer.completes(failing);
    await eventually(async () => {
      const { body } = await dashboard.customer.api.get(`/v1/webhooks/${failing.id}`);
      expect(body.health).toBe('failing');
    });
    await dashboard.customer.deliveryIs(failing, 'dead');
    const page = await opened('/webhooks', { role: 'viewer', viewport: NARROW });
    const links = page.getByRole('table', { name: 'Webhooks' }).getByRole('link');
    const failed = links.filter({ hasText: 'Failing one' });
    await failed.waitFor();
    const names = await links.allInnerTexts();
    expect(names.indexOf('Failing one')).toBeLessThan(names.indexOf(host));
    expect(await page.getByRole('link', { name: 'New webhook' }).count()).toBe(0);
    const sideways = () => page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await sideways()).toBeLessThanOrEqual(0);
    await failed.click();
    await page.getByText('The receiver answered 500').first().waitFor();
    await page.getByRole('link', { name: 'See its dead letters' }).waitFor();
    for (const name of ['Send test event', 'Pause', 'More actions']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    }
    expect(await page.getByRole('tab').allInnerTexts()).toEqual([
      'Overview',
      'Deliveries',
      'Settings',
    ]);
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.goto(`${dashboard.url}/webhooks/${failing.id}/edit`);
    await page.getByText('Your role changes no webhooks').waitFor();
    await visited.expectNoFaults();
  });
});
