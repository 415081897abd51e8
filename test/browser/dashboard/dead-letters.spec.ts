import { fromTypeId } from '@schoolbell/ids';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addDeadLetters } from '../../e2e/support/dead-letters.js';
import { eventually, type OwnWebhook, type Receiver, startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

const MANY = 1_204;

describe.skipIf(noBrowser())('dead letters', () => {
  const dashboard = new Dashboard(new Chromium(), 'Dead letters', beforeEach);
  let receiver: Receiver;
  let visited: WatchedPage | undefined;
  beforeEach(async () => {
    receiver = await startReceiver();
    return () => receiver.close();
  });
  afterEach(() => visited?.close());

  it('are retried one first, then the others with progress that survives a reload and that others see, cancelled, and the rest discarded', async () => {
    const { database } = dashboard.schoolbell;
    const webhook = await dashboard.customer.webhook(receiver.url, {
      description: 'Completions for HR',
    });
    await addDeadLetters(database, webhook.id, MANY, { responseStatus: 503 });
    visited = await dashboard.signedIn('/dead-letters');
    const { page } = visited;
    const group = page.getByRole('listitem', { name: 'The receiver was not available' });
    await group.getByText('1,204', { exact: true }).waitFor();
    expect(await group.innerText()).toMatch(
      /\(503\)\s*Receiver[^]*refuses work[^]*Completions for HR/,
    );
    expect(await visited.accessibilityFaults()).toEqual([]);

    await group.getByRole('button', { name: 'Retry one first' }).click();
    await group.getByText(/^Delivered, answered 200 OK in .*s\.$/).waitFor();
    await group.getByText('1,203', { exact: true }).waitFor();
    expect(receiver.requests).toHaveLength(1);

    const letGo = await holdDeadLetter(dashboard, webhook, 700);
    await group.getByRole('button', { name: 'Retry the other 1,203' }).click();
    const progress = page.getByRole('region', { name: 'Retry of 1,203 dead letters' });
    await progress.getByText(/^500 of 1,203 sent on their way again/).waitFor();
    await page.waitForURL(/[?&]operation=op_/);
    await page.reload();
    await progress.getByText(/^500 of 1,203 .*, \d+ a (second|minute), .* left\./).waitFor();

    const viewer = await dashboard.signedIn('/dead-letters', { role: 'viewer' });
    const seen = viewer.page.getByRole('region', { name: 'Retry of 1,203 dead letters' });
    await seen.getByText(/^500 of 1,203/).waitFor();
    expect(await seen.getByRole('button').count()).toBe(0);
    await viewer.close();

    await Promise.all([
      page.waitForResponse(/\/v1\/operations\/op_\w+\/cancel$/),
      progress.getByRole('button', { name: 'Cancel' }).click(),
    ]);
    await letGo();
    // What was under way ends first, unless it had waited for so long that it was given up.
    const cancelled = progress.getByText(
      /^Cancelled: (500|1,000) of .* What was done stays done\.$/,
    );
    const done = (await cancelled.innerText()).includes('1,000') ? 1_000 : 500;
    const left = MANY - 1 - done;
    await group.getByText(`${left}`, { exact: true }).waitFor();
    await visited.expectNoFaults();
    // The list has read anew which are left.
    await visited.settled();

    await page
      .getByRole('checkbox', { name: /^Choose dlv_/ })
      .nth(0)
      .click();
    await page
      .getByRole('checkbox', { name: /^Choose dlv_/ })
      .nth(1)
      .click();
    await page.getByText('2 chosen').waitFor();
    await page.getByRole('button', { name: 'Retry selected' }).click();
    await page.getByText('Done: 2 of 2 sent on their way again.').waitFor();
    await group.getByText(`${left - 2}`, { exact: true }).waitFor();

    await group.getByRole('button', { name: 'Discard …' }).click();
    const question = page.getByRole('dialog', { name: `Discard ${left - 2} dead letters?` });
    await question.getByText('their receiver does not learn of these events').waitFor();
    await question.getByRole('button', { name: 'Keep them' }).click();
    await group.getByRole('button', { name: 'Discard …' }).click();
    await question.getByRole('button', { name: `Discard ${left - 2}` }).click();
    await page.getByText(`Done: ${left - 2} of ${left - 2} discarded.`).waitFor();
    await page.getByText('No dead letters', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Put away' }).click();
    await page.getByText('Nothing is running.').waitFor();

    // What the page said is what came to pass: each retried one went out once, and no other.
    const sent = 1 + done + 2;
    await receiver.waitFor(sent, 60_000);
    await eventually(async () => {
      const statuses = await statusesOf(dashboard, webhook);
      expect(statuses).toEqual({ delivered: sent, discarded: MANY - sent });
    });
    expect(receiver.requests).toHaveLength(sent);
    visited.expectNoErrors();
  });

  it('say whose turn it is, what came of a retry that failed again, and what stands in the way of others', async () => {
    const { customer } = dashboard;
    const { database } = dashboard.schoolbell;
    receiver.respondWith(401);
    const failing = await customer.webhook(receiver.url, {
      description: 'With an old password',
      retrySchedule: [3_600],
    });
    const paused = await customer.webhook(receiver.url, { description: 'Paused by hand' });
    const deleted = await customer.webhook(receiver.url, { description: 'Deleted' });
    await addDeadLetters(database, failing.id, 3, { responseStatus: 401 });
    // The API takes an error code without a status for both.
    await addDeadLetters(database, paused.id, 2, { errorCode: 'timeout', responseStatus: null });
    await addDeadLetters(database, paused.id, 1, { errorCode: 'timeout', responseStatus: 200 });
    await addDeadLetters(database, deleted.id, 1, { errorCode: 'dns', responseStatus: null });
    await customer.api.post(`/v1/webhooks/${paused.id}/pause`);
    await customer.api.delete(`/v1/webhooks/${deleted.id}`);
    visited = await dashboard.signedIn('/dead-letters', { viewport: NARROW, colorScheme: 'dark' });
    const { page } = visited;
    const groupOf = (name: string) => page.getByRole('listitem', { name });

    await groupOf('The receiver refused the credentials').getByText('Setting').waitFor();
    await page.getByRole('table', { name: 'Dead letters' }).waitFor();
    await visited.expectNoFaults();
    await groupOf('The receiver refused the credentials')
      .getByRole('button', { name: 'Retry one first' })
      .click();
    await page
      .getByText(
        /^It failed again: The receiver refused the credentials, answered 401 .* retry schedule, in/,
      )
      .waitFor();
    await groupOf('The receiver refused the credentials').getByText('2', { exact: true }).waitFor();

    const held = groupOf('No answer in time, Paused by hand');
    expect(await held.innerText()).toMatch(/\b3\b[^]*Its webhook is paused: resume it/);
    expect(await held.getByRole('button', { name: /^Retry/ }).count()).toBe(0);
    const gone = groupOf('Host name not found, A deleted webhook');
    expect(await gone.innerText()).toContain('cannot be sent any more');
    expect(await visited.accessibilityFaults()).toEqual([]);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);

    await held.getByRole('link', { name: 'List them' }).click();
    await page.waitForURL((url) => url.searchParams.get('errorCode') === 'timeout');
    await page.getByText('3 dead letters in 1 group').waitFor();
    const rows = page.getByRole('table', { name: 'Dead letters' }).getByRole('row');
    await eventually(async () => expect(await rows.count()).toBe(1 + 3));
    await page.goBack();
    await page.getByText('6 dead letters in 3 groups').waitFor();
    await eventually(async () => expect(await rows.count()).toBe(1 + 6));

    // A row opens beside the page, and has the focus again when what it opened is closed.
    const [, link] = await rows.getByRole('link').all();
    await link!.click();
    await page.waitForURL(
      (url) => url.pathname === '/dead-letters' && url.searchParams.has('open'),
    );
    await page.getByRole('dialog').getByText('Not delivered').first().waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('open'));
    await link!.and(page.locator(':focus')).waitFor();

    // What came of the retry is still there for whoever comes back.
    await groupOf('The receiver refused the credentials')
      .getByRole('link', { name: 'With an old password' })
      .click();
    await page.getByRole('heading', { level: 1, name: 'With an old password' }).waitFor();
    await page.goBack();
    await page.getByText(/^It failed again: The receiver refused the credentials/).waitFor();
  });

  it('that come meanwhile wait, and one that is retried elsewhere says so in its place', async () => {
    const { customer } = dashboard;
    const webhook = await customer.webhook(receiver.url, { retrySchedule: [1], autoPauseAfter: 0 });
    await addDeadLetters(dashboard.schoolbell.database, webhook.id, 2);
    visited = await dashboard.signedIn('/dead-letters');
    const { page } = visited;
    const table = page.getByRole('table', { name: 'Dead letters' });
    await table.getByRole('row').nth(2).waitFor();
    receiver.respondWith(500);
    await customer.completes(webhook);
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await table.getByRole('row').count()).toBe(1 + 2);

    receiver.respondWith('hang');
    const { body } = await customer.api.get('/v1/dead-letters');
    await customer.api.post(`/v1/deliveries/${body.data.at(-1).id}/retry`);
    await table.getByText('Waiting', { exact: true }).waitFor();
    await visited.expectNoFaults();
    await page.getByRole('button', { name: '1 new' }).click();
    await table.getByText('Waiting', { exact: true }).waitFor({ state: 'detached' });
    expect(await table.getByRole('row').count()).toBe(1 + 2);
    visited.expectNoErrors();
  });

  it('of one who may only look offer nothing to do', async () => {
    const webhook = await dashboard.customer.webhook(receiver.url);
    await addDeadLetters(dashboard.schoolbell.database, webhook.id, 2);
    visited = await dashboard.signedIn('/dead-letters', { role: 'viewer' });
    const { page } = visited;
    await page.getByText('2 dead letters in 1 group').waitFor();
    await page.getByRole('table', { name: 'Dead letters' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Retry|Discard/ }).count()).toBe(0);
    await visited.expectNoFaults();
  });
});

/** Has an operation wait at one of a webhook's dead letters, by a lock of its row. @returns lets it go on */
async function holdDeadLetter(
  { schoolbell }: Dashboard,
  { id }: OwnWebhook,
  place: number,
): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: schoolbell.database.url });
  await client.connect();
  await client.query('BEGIN');
  await client.query(
    `SELECT FROM deliveries WHERE id = (
       SELECT id FROM deliveries WHERE webhook_id = $1 AND status = 'dead' ORDER BY id OFFSET $2 LIMIT 1
     ) FOR UPDATE`,
    [fromTypeId('webhook', id), place],
  );
  return async () => {
    await client.query('ROLLBACK');
    await client.end();
  };
}

async function statusesOf({ schoolbell }: Dashboard, { id }: OwnWebhook) {
  const rows = await schoolbell.database.query<{ status: string; count: number }>(
    'SELECT status, count(*)::integer AS count FROM deliveries WHERE webhook_id = $1 GROUP BY 1',
    [fromTypeId('webhook', id)],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
}
