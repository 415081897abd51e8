import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type OwnWebhook, startReceiver, type Receiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

const run = promisify(execFile);

/** What a receiver would answer to fool whoever reads it. */
const HOSTILE = '<img src=x onerror="document.title=\'pwned\'"> in \u202Eenod\u202C';
const BUSY = {
  status: 503,
  headers: { 'content-type': 'text/html', 'x-request-id': 'req-77ab' },
  body: HOSTILE,
};

const panelOf = (page: Page) => page.getByRole('dialog');
const rowsOf = (page: Page) => page.getByRole('table', { name: 'Deliveries' }).getByRole('link');

describe.skipIf(noBrowser())('the page of deliveries', () => {
  const dashboard = new Dashboard(new Chromium());
  let receiver: Receiver;
  let visited: WatchedPage | undefined;
  beforeAll(async () => {
    receiver = await startReceiver();
    return () => receiver.close();
  });
  afterEach(async () => {
    await visited?.close();
    receiver.respondWith(200);
    receiver.requests.length = 0;
  });

  async function openPage(path: string, options?: Parameters<Dashboard['signedIn']>[1]) {
    visited = await dashboard.signedIn('/guide', options);
    // An open panel would hide from a screen reader what tells that somebody has signed in.
    await visited.open(path);
    return visited.page;
  }

  /** A webhook whose one delivery has failed with 503, and is tried again in an hour. */
  async function failingWebhook(description: string): Promise<OwnWebhook> {
    receiver.respondWith(BUSY);
    const webhook = await dashboard.customer.webhook(receiver.url, {
      description,
      retrySchedule: [3_600],
    });
    await dashboard.customer.completes(webhook);
    await eventually(async () => {
      const { attemptCount } = await dashboard.customer.delivery(webhook);
      expect(attemptCount).toBe(1);
    });
    return webhook;
  }

  it('explains a 503 in a sentence, shows the proof, and retries it in place, same id and same body', async () => {
    await dashboard.customer.api.patch('/v1/settings', { timeZone: 'Europe/Berlin' });
    const webhook = await failingWebhook('Contoso gradebook');
    const page = await openPage(`/deliveries?webhookId=${webhook.id}`);
    const row = rowsOf(page).first();
    await row.waitFor();
    // The name of its webhook comes by a call of its own.
    await expect
      .poll(() => page.getByRole('row').nth(1).innerText())
      .toMatch(
        /Waiting[^]*session\.completed[^]*lrn_1[^]*Contoso gradebook[^]*503 Service Unavailable[^]*1/,
      );
    await row.click();

    const panel = panelOf(page);
    await panel.getByText('Not delivered yet').waitFor();
    await panel.getByText(`127.0.0.1:${receiver.port} answered 503 Service Unavailable.`).waitFor();
    await panel.getByText('check whether it is being deployed or is overloaded').waitFor();
    await panel.getByText('Whose turn: the receiver’s').waitFor();
    await panel.getByText('AllureConnect', { exact: true }).waitFor();
    await panel.getByText(/^in (1|59) ?(h|min)/).waitFor();

    // Their answer is text, with what is hidden in it made visible.
    await panel.getByText('req-77ab').first().waitFor();
    const answer = await panel.getByLabel('the body of the answer', { exact: true }).innerText();
    expect(answer).toBe(HOSTILE.replace('\u202E', '⟨U+202E⟩').replace('\u202C', '⟨U+202C⟩'));
    expect(await page.locator('img').count()).toBe(0);
    await panel.getByRole('tab', { name: 'Signature' }).click();
    await panel.getByText('The key is the whole secret.').waitFor();
    await panel.getByRole('tab', { name: 'Request' }).click();
    await panel.getByRole('button', { name: 'Raw' }).click();
    const sent = receiver.requests[0]!;
    const body = panel.getByLabel('the body of the request', { exact: true });
    await expect.poll(() => body.innerText()).toBe(sent.body);
    expect(await visited!.accessibilityFaults()).toEqual([]);

    // It says so for two seconds.
    const [summary] = await Promise.all([
      visited!.copied(panel.getByRole('button', { name: 'Copy for the customer' })),
      panel.getByRole('button', { name: 'Copied' }).waitFor(),
    ]);
    expect(summary).toContain('times in Europe/Berlin');
    expect(summary).toContain('x-request-id: req-77ab');
    expect(summary).not.toContain(HOSTILE);

    const { promise: reply, resolve: answerWith } = Promise.withResolvers<number>();
    receiver.respondWith(() => reply);
    await panel.getByRole('button', { name: 'Retry' }).click();
    await panel.getByText('Queued, same id and same body').waitFor();
    answerWith(200);
    await panel.getByText('Retried, attempt 2: 200 OK').waitFor();
    await panel.getByText('their server has accepted the event').waitFor();
    const [first, second] = receiver.requests;
    expect(second!.body).toBe(first!.body);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    await page.keyboard.press('Escape');
    await page.getByRole('row').getByText('Delivered').waitFor();
    await page.waitForURL((url) => !url.searchParams.has('open'));
    await visited!.expectNoFaults();
  });

  it('copies a request as a curl that sends the same bytes, without its signature', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url, {
      headers: { 'X-Team': 'it\'s "$HOME" `id`' },
    });
    await dashboard.customer.posts('session.completed', {
      sessionId: 'ses_1',
      learnerId: 'lrn_1',
      packageId: webhook.packageId,
      completionStatus: 'completed',
      course: { id: 'C-1', title: `it's "$(id)" \\ %s\n é 'x'` },
    });
    const { id } = await dashboard.customer.deliveryIs(webhook, 'delivered');
    const page = await openPage(`/deliveries?open=${id}`);
    const button = panelOf(page).getByRole('button', { name: 'Copy as curl' });
    await run('bash', ['-c', await visited!.copied(button)]);
    const [original, copy] = await receiver.waitFor(2);
    expect(copy!.rawBody.equals(original!.rawBody)).toBe(true);
    expect(copy!.headers['x-team']).toBe('it\'s "$HOME" `id`');
    expect(copy!.headers['webhook-id']).toBe(original!.headers['webhook-id']);
    expect(copy!.headers['webhook-signature']).toBe('<SIGNATURE>');
    expect(copy!.headers['user-agent']).toBe(original!.headers['user-agent']);
    await visited!.expectNoFaults();
  });

  it('is used by keyboard alone: j, k, Enter, Escape, r and ?', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url);
    const eventIds = await dashboard.customer.completesTimes(webhook, 3);
    await receiver.waitFor(3);
    const page = await openPage(`/deliveries?webhookId=${webhook.id}`);
    await rowsOf(page).nth(2).waitFor();
    const ids = await rowsOf(page).evaluateAll((links: { dataset: { delivery: string } }[]) =>
      links.map(({ dataset }) => dataset.delivery),
    );
    const focused = () => page.evaluate('document.activeElement.dataset.delivery');

    for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
    await expect.poll(focused).toBe(ids[1]);
    await page.keyboard.press('Enter');
    await panelOf(page).getByText('Delivered').first().waitFor();
    await page.waitForURL(`**open=${ids[1]}*`);
    // The open delivery moves along, and `r` is about it.
    await page.keyboard.press('j');
    await page.waitForURL(`**open=${ids[2]}*`);
    await page.keyboard.press('Escape');
    await panelOf(page).waitFor({ state: 'detached' });
    // The keys go on at the row that was open last.
    await expect.poll(focused).toBe(ids[2]);
    await page.keyboard.press('r');
    await page.getByText('Queued to be sent again').waitFor();
    const [, , , again] = await receiver.waitFor(4);
    expect(eventIds).toContain(again!.headers['webhook-id']);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await visited!.expectNoFaults();
  });

  it('says of a held one that it waits for its webhook, and shows new ones only when asked', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url);
    await dashboard.customer.api.post(`/v1/webhooks/${webhook.id}/pause`);
    await dashboard.customer.completes(webhook);
    const { id } = await dashboard.customer.deliveryIs(webhook, 'held');
    const page = await openPage(`/deliveries?webhookId=${webhook.id}&open=${id}`, {
      viewport: NARROW,
      colorScheme: 'dark',
    });
    const panel = panelOf(page);
    await panel.getByText('Held: the webhook is paused').waitFor();
    await panel.getByText('Somebody paused the webhook by hand.').waitFor();
    await panel.getByRole('link', { name: 'Go to the paused webhook' }).waitFor();
    expect(await panel.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    expect(await visited!.accessibilityFaults()).toEqual([]);
    await panel.getByRole('button', { name: 'Close' }).click();

    // A phone shows deliveries first: most filters wait behind a button, which says how many are set.
    const webhookFilter = page.getByRole('combobox', { name: 'Webhook' });
    expect(await webhookFilter.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Filters 1' }).click();
    await webhookFilter.waitFor();
    expect(await visited!.accessibilityFaults()).toEqual([]);

    const rows = page.getByRole('listitem').filter({ hasText: 'session.completed' });
    await dashboard.customer.completes(webhook);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await rows.count()).toBe(1);
    await visited!.expectNoFaults();
    await page.getByRole('button', { name: '1 new' }).click();
    await rows.nth(1).waitFor();
    visited!.expectNoErrors();
  });

  it('offers a viewer no retry, and says why there is no body', async () => {
    const webhook = await failingWebhook('Fabrikam');
    const { id } = await dashboard.customer.delivery(webhook);
    const page = await openPage(`/deliveries?open=${id}`, { role: 'viewer' });
    const panel = panelOf(page);
    await panel.getByText('Not delivered yet').waitFor();
    await panel.getByRole('tab', { name: 'Request' }).click();
    await panel.getByText('Your role does not see what was sent.').waitFor();
    for (const name of ['Retry', 'Copy as curl']) {
      expect(await panel.getByRole('button', { name }).count()).toBe(0);
    }
    await visited!.expectNoFaults();
  });
});
