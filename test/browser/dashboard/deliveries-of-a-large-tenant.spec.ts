import { fromTypeId } from '@schoolbell/ids';
import type { Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, type WatchedPage } from '../support/dashboard.js';

const DELIVERIES = 100_000;
const SCROLLED = 5_000;
/** Milliseconds. */
const LONGEST_FILTER = 300;
const LONGEST_TASK = 200;

const SEED = [
  `CREATE UNLOGGED TABLE browsed AS
   SELECT n, now() + ago AS at, uuidv7(ago) AS event_id, uuidv7(ago) AS id, n % 20 = 7 AS dead
   FROM generate_series(1, ${DELIVERIES}) n,
     LATERAL (SELECT -(1 - n::float8 / ${DELIVERIES}) * interval '20 days' - interval '1 minute' AS ago) a`,
  `INSERT INTO events (id, tenant_id, type, occurred_at, accepted_at, session_id, package_id, learner_id, payload)
   SELECT event_id, $1, 'session.completed', at, at, 'ses_' || n, 'pkg_1', 'lrn_' || n % 10000, '{}' FROM browsed`,
  `INSERT INTO deliveries (id, tenant_id, event_id, event_type, webhook_id, status, attempt_count,
     last_attempt_at, last_response_status, last_error_code, last_duration_ms, dead_at, created_at, updated_at)
   SELECT id, $1, event_id, 'session.completed', $2, CASE WHEN dead THEN 'dead' ELSE 'delivered' END, 1, at,
     CASE WHEN dead THEN 503 ELSE 200 END, CASE WHEN dead THEN 'http_status' END, 60, CASE WHEN dead THEN at END, at, at
   FROM browsed`,
  'DROP TABLE browsed',
  'VACUUM ANALYZE events, deliveries',
];

/** But the heading. */
const ROWS = `[...document.querySelectorAll('[role=row]')].slice(1)`;
/** Which row of all that is the last one in the page. */
const LAST_ROW = `Number(${ROWS}.at(-1)?.getAttribute('aria-rowindex') ?? 0)`;

/** Scrolls as fast as frames come, until so many rows were read. @returns how many of them are in the page */
const SCROLL = `(async () => {
  while (${LAST_ROW} < ${SCROLLED}) {
    scrollBy(0, 1200);
    await new Promise(requestAnimationFrame);
  }
  return ${ROWS}.length;
})()`;

/** Chooses a status, and waits until all rows in view have it. */
const choose = (status: string) => `(async () => {
  const buttons = [...document.querySelectorAll('button')];
  buttons.find((button) => button.textContent === '${status}').click();
  // One row is enough to ask each frame: all are drawn at once.
  while (!${ROWS}[9]?.textContent.startsWith('${status}')) await new Promise(requestAnimationFrame);
})()`;

/** Whether there are rows in view, all of them with this status. */
function areAll(status: string): string {
  return `(${ROWS}.length > 10 && ${ROWS}.every((row) => row.textContent.startsWith('${status}')))`;
}

/** Milliseconds that the page itself computes, by the clock of its thread: the machine is busy with other suites. */
async function computing(page: Page, act: () => Promise<unknown>): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const of = (kind: string) => metrics.find(({ name }) => name === `${kind}Duration`)!.value;
    return (of('Script') + of('Layout') + of('RecalcStyle')) * 1_000;
  };
  const before = await spent();
  await act();
  const after = await spent();
  await devtools.detach();
  return after - before;
}

/** Milliseconds of the longest task of any thread of the page, by the same clock. */
async function longestTask(page: Page, act: () => Promise<unknown>): Promise<number> {
  const browser = page.context().browser()!;
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: { name: string; tdur?: number }[];
  };
  const tasks = trace.traceEvents.filter(({ name }) => name.endsWith('RunTask'));
  expect(tasks.length).toBeGreaterThan(100);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1_000));
}

describe.skipIf(noBrowser())('the deliveries of a tenant that has a hundred thousand', () => {
  const dashboard = new Dashboard(new Chromium(), 'History');
  let visited: WatchedPage;
  let page: Page;
  beforeAll(async () => {
    const { schoolbell, customer } = dashboard;
    const { id } = await customer.webhook('https://lms.northwind.edu/hooks', {
      description: 'Northwind',
    });
    const values = [schoolbell.tenantUuid, fromTypeId('webhook', id)];
    for (const text of SEED) {
      // Postgres takes no value that a statement does not name.
      const named = values.filter((_, i) => text.includes(`$${i + 1}`));
      await schoolbell.database.query(text, named);
    }
  });
  afterEach(() => visited.close());

  const cells = () => page.getByRole('table', { name: 'Deliveries' }).getByRole('row');

  /** The fastest of several: what it takes when nothing else is asked for. */
  async function timeOfApi(status: string): Promise<number> {
    const times: number[] = [];
    for (let i = 0; i < 5; i++) {
      const began = performance.now();
      await dashboard.customer.api.get(`/v1/deliveries?status=${status}&limit=100&expand=event`);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  }

  it('are filtered in under 300 ms, and keep their filters on the way down, after a reload and by going back', async () => {
    visited = await dashboard.signedIn('/deliveries');
    page = visited.page;
    await cells().nth(5).waitFor();
    for (const [label, status] of [
      ['Delivered', 'delivered'],
      ['Dead', 'dead'],
    ] as const) {
      const ofPage = await computing(page, () => page.evaluate(choose(label)));
      // On a busy machine a quiet moment is worth waiting for.
      await expect
        .poll(async () => ofPage + (await timeOfApi(status)), { message: label })
        .toBeLessThan(LONGEST_FILTER);
    }

    await page.getByRole('button', { name: '7 d' }).click();
    await page.waitForURL('**/deliveries?status=dead&from=7d');
    // 100 rows are read with a page; what is read further down has the filters too.
    await cells().nth(5).waitFor();
    await visited.expectNoFaults();
    const scrolled = async () => {
      await page.evaluate('scrollTo(0, 6000)');
      return page.evaluate(LAST_ROW);
    };
    await expect.poll(scrolled).toBeGreaterThan(150);
    await expect.poll(() => page.evaluate(areAll('Dead'))).toBe(true);
    await page.reload();
    await cells().nth(5).waitFor();
    await expect.poll(() => page.evaluate(areAll('Dead'))).toBe(true);
    await page.getByRole('button', { name: '7 d', pressed: true }).waitFor();
    await cells().nth(3).getByRole('link').click();
    await page.getByRole('dialog').getByText('Not delivered').waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goBack();
    await page.waitForURL('**/deliveries?status=dead');
    // A script scrolls, and the end of the list goes down with what comes.
    visited.expectNoErrors();
  });

  it(
    'are scrolled through by thousands without a task over 200 ms, few of them in the page',
    { timeout: 600_000 },
    async () => {
      visited = await dashboard.signedIn('/deliveries');
      page = visited.page;
      await cells().nth(5).waitFor();
      let shown = 0;
      const longest = await longestTask(page, async () => {
        shown = (await page.evaluate(SCROLL)) as number;
      });
      expect(longest).toBeLessThan(LONGEST_TASK);
      expect(shown).toBeLessThan(100);
    },
  );
});
