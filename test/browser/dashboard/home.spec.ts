import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, type OwnWebhook, type Receiver, startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage } from '../support/dashboard.js';

/** On a machine that is busy with other suites. */
const SLOWLY = { timeoutMs: 30_000 };

describe.skipIf(noBrowser())('Home', () => {
  const chromium = new Chromium();
  const troubled = new Dashboard(chromium, 'Troubled Learning');
  const calm = new Dashboard(chromium, 'Calm Learning');
  const empty = new Dashboard(chromium, 'Empty Learning');
  let receiver: Receiver;
  let failing: OwnWebhook;
  let visited: WatchedPage | undefined;

  beforeAll(async () => {
    receiver = await startReceiver();
    receiver.respondWith(({ path }) => (path.includes('broken') ? 503 : 200));
    const fine = await troubled.customer.webhook(receiver.url, { description: 'Fine' });
    const paused = await troubled.customer.webhook(receiver.url, { description: 'By hand' });
    failing = await troubled.customer.webhook(`${receiver.url}/broken`, {
      description: 'Completions for HR of the whole group, whose name goes on and on',
      retrySchedule: [3_600],
    });
    await troubled.customer.api.post(`/v1/webhooks/${paused.id}/pause`);
    await troubled.customer.completesTimes(fine, 5);
    await troubled.customer.completesTimes(failing, 3);
    await troubled.customer.completes(paused);
    const delivered = await calm.customer.webhook(receiver.url);
    await calm.customer.completes(delivered);
    // What Home counts comes a moment after the attempts.
    await eventually(async () => {
      expect(await outcomesOf(troubled)).toMatchObject({ delivered: 5, failed: 3 });
      expect(await outcomesOf(calm)).toMatchObject({ delivered: 1, failed: 0 });
    }, SLOWLY);
  });
  afterAll(() => receiver.close());
  afterEach(() => visited?.close());

  it('names the webhooks that need somebody first, each with its reason and what to do, and leads there', async () => {
    visited = await troubled.signedIn('/');
    const { page } = visited;
    await page.getByRole('heading', { name: '2 webhooks need you' }).waitFor();
    const rows = page.getByRole('region', { name: 'Webhooks that need you' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.nth(0).innerText()).toMatch(
      /Failing[^]*HR of the whole group[^]*last 3 attempts failed[^]*what its receiver answers/,
    );
    expect(await rows.nth(1).innerText()).toMatch(
      /Paused[^]*By hand[^]*Paused by hand[^]*Resume the webhook/,
    );
    expect(await visited.accessibilityFaults()).toEqual([]);
    await rows.nth(0).getByRole('link').click();
    await page.waitForURL((url) => url.pathname === `/webhooks/${failing.id}`);
    await visited.expectNoFaults();
  });

  it('shows the figures that were sent, by pointer, by keyboard and as a table, over the range in the address', async () => {
    visited = await troubled.signedIn('/');
    const { page } = visited;
    const chart = page.getByRole('figure', { name: 'Attempts by hour' });
    await chart.getByText('5 delivered').waitFor();
    await chart.getByText('3 failed').waitFor();
    await page.getByText('of 8 attempts').waitFor();
    await page.getByText('62.5%').first().waitFor();
    await page.getByText(/Attempts counted until \d\d:\d\d:\d\d/).waitFor();
    expect(await sumsOf(visited, 'Attempts by hour')).toEqual([5, 3]);

    const slider = chart.getByRole('slider');
    await slider.focus();
    const said = new Set<string>();
    for (const key of ['Home', 'End', 'ArrowLeft', 'ArrowRight']) {
      await page.keyboard.press(key);
      said.add((await slider.getAttribute('aria-valuetext'))!);
    }
    expect(said.size).toBe(3);
    expect([...said].every((text) => /delivered \d+ · failed \d+$/.test(text))).toBe(true);
    await slider.hover({ position: { x: 5, y: 40 } });
    await chart.getByText('delivered 0 · failed 0').waitFor();

    await page.getByRole('button', { name: '30 days' }).click();
    await page.waitForURL((url) => url.searchParams.get('window') === '30d');
    await page.getByRole('figure', { name: 'Attempts by day' }).waitFor();
    // Until the month is there, the hours of the day stand in its place.
    await page.locator('[aria-busy=true]').waitFor({ state: 'detached' });
    expect(await sumsOf(visited, 'Attempts by day')).toEqual([5, 3]);
    await page.reload();
    await page.getByRole('figure', { name: 'Attempts by day' }).waitFor();
    await visited.expectNoFaults();
  });

  it('says that everything is delivered where it is, also on a phone in the dark', async () => {
    visited = await calm.signedIn('/', { viewport: NARROW, colorScheme: 'dark' });
    const { page } = visited;
    await page.getByRole('heading', { name: 'Everything is delivered' }).waitFor();
    await page.getByText('of 1 attempt', { exact: true }).waitFor();
    await page.getByText(/0 launches in .*, without a limit/).waitFor();
    await page.getByText('Nothing is running.').waitFor();
    expect(
      await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0);
    expect(await visited.accessibilityFaults()).toEqual([]);
    await visited.expectNoFaults();
  });

  it('tells a tenant without webhooks how it begins, and a viewer whom to ask; the account menu opens by keyboard', async () => {
    visited = await empty.signedIn('/');
    await visited.page.getByRole('heading', { name: 'Set up your first webhook' }).waitFor();
    await visited.page.getByLabel('URL of the receiver').waitFor();
    const account = visited.page.getByRole('button', { name: /^Account of/ });
    await account.focus();
    await visited.page.keyboard.press('Enter');
    await visited.page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
    await visited.page.keyboard.press('Escape');
    await eventually(async () => {
      expect(await account.evaluate('document.activeElement.ariaLabel')).toMatch(/^Account of/);
    });
    await visited.expectNoFaults();
    await visited.close();
    visited = await empty.signedIn('/', { role: 'viewer' });
    await visited.page.getByText('An owner or developer of your organisation').waitFor();
    expect(await visited.page.getByLabel('URL of the receiver').count()).toBe(0);
  });

  it('moves nothing on a phone while the first steps of a tenant without webhooks are loaded', async () => {
    visited = await empty.signedIn('/guide', { viewport: NARROW });
    const { page } = visited;
    const held = async (what: RegExp) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      await page.route(what, async (route) => {
        await promise;
        await route.continue();
      });
      return resolve;
    };
    const letFigures = await held(/\/v1\/stats/);
    const letFirstSteps = await held(/\/assets\/first-steps-/);
    await page.goto(empty.url);
    const loading = page.getByRole('status').filter({ hasText: 'Loading how everything is' });
    const place = await loading.boundingBox();
    await Promise.all([page.waitForRequest(/\/assets\/first-steps-/), letFigures()]);
    await visited.isIdle();
    expect(await loading.boundingBox()).toEqual(place);
    letFirstSteps();
    await page.getByRole('heading', { name: 'Set up your first webhook' }).waitFor();
    await visited.expectNoFaults();
  });
});

async function outcomesOf({ customer }: Dashboard): Promise<{ delivered: number; failed: number }> {
  return (await customer.api.get('/v1/stats?window=24h')).body.outcomes;
}

/** Of the table that a chart has for screen readers: each column added up. */
async function sumsOf({ page }: WatchedPage, title: string): Promise<number[]> {
  const rows = await page
    .getByRole('table', { name: `${title}, as a table` })
    .locator('tbody tr')
    .all();
  const cells = await Promise.all(rows.map((row) => row.locator('td').allTextContents()));
  return cells.reduce<number[]>(
    (sums, row) => row.map((cell, i) => (sums[i] ?? 0) + Number(cell)),
    [],
  );
}
