import { afterEach, describe, expect, it } from 'vitest';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

describe.skipIf(noBrowser())('the guide', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  it('tells what an event says, how each format sends it, and when it is tried again', async () => {
    visited = await dashboard.signedIn('/guide');
    const { page } = visited;
    await page.getByRole('link', { name: 'session.scored' }).click();
    const fields = page.getByRole('table', { name: 'Fields of session.scored' });
    await fields.getByRole('row', { name: /^learnerId always there/ }).waitFor();
    expect(
      await page.locator('pre[aria-label="the example of session.scored"]').textContent(),
    ).toContain('"scoreRaw"');
    expect(await visited.accessibilityFaults()).toEqual([]);

    await page.getByRole('link', { name: 'cloudevents' }).click();
    await page
      .getByText('ce-', { exact: false })
      .or(page.getByText('"specversion"'))
      .first()
      .waitFor();
    await page.waitForURL('**/guide/formats?type=session.scored&format=cloudevents');
    await page.getByRole('link', { name: 'Absorb not this type' }).click();
    await page.getByText('absorb does not carry session.scored').waitFor();
    await page.getByRole('link', { name: /^xAPI/ }).click();
    await page.getByText('POST /webhooks/statements HTTP/1.1').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);

    await page.getByRole('tab', { name: 'Retries' }).click();
    const attempts = page.getByRole('list', { name: 'Attempts of a delivery that fails' });
    await attempts.waitFor();
    expect(await attempts.getByRole('listitem').allTextContents()).toEqual([
      'First attemptAt once',
      'Retry 1After 30 s30 s in all',
      'Retry 2After 2 min2 min 30 s in all',
      'Retry 3After 10 min12 min 30 s in all',
      'Retry 4After 1 h1 h 12 min in all',
      'Retry 5After 6 h7 h 12 min in all',
      'Dead letterNot tried againUntil you retry',
    ]);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await visited.expectNoFaults();
  });

  it('has the code that verifies a webhook, with its own header, in the language of its reader', async () => {
    const signature = { header: 'X-Acme-Signature', encoding: 'base64', prefix: 'v0=' };
    const {
      body: { id },
    } = await dashboard.customer.api.post('/v1/webhooks', {
      url: 'https://lms.example.com/hook',
      events: ['*'],
      format: 'docebo',
      description: 'HR suite',
      signature,
    });
    visited = await dashboard.signedIn(`/guide/verify?webhookId=${id}`, { viewport: NARROW });
    const { page } = visited;
    await page.getByRole('button', { name: 'Go', exact: true }).click();
    const code = page.locator('pre[aria-label="the code in Go"]');
    expect(await code.textContent()).toContain('header("X-Acme-Signature")');
    expect(await code.textContent()).toContain('"v0=" + base64.StdEncoding');
    const copied = await visited.copied(page.getByRole('button', { name: 'Copy the code in Go' }));
    expect(copied).toBe(await code.textContent());

    await page.reload();
    await code.waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await page.getByRole('link', { name: 'verify that one' }).click();
    await code.filter({ hasText: 'webhook-timestamp' }).waitFor();
    await page.goto(`${dashboard.url}/guide/verify?format=xapi`);
    await page.getByText('Its requests are not signed').waitFor();
    await visited.expectNoFaults();
  });
});
