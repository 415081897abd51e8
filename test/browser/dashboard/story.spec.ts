import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, type Receiver, startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, newName, type WatchedPage } from '../support/dashboard.js';

let learners = 0;

/** A learner of a test, and their session. */
function someone() {
  learners += 1;
  const [sessionId, learnerId] = [`ses-${learners}`, `learner ${learners}`];
  return { sessionId, learnerId, packageId: `pkg-${learners}` };
}

/** From anywhere to the answer: a slash, the id, Enter. */
async function find(visited: WatchedPage, id: string): Promise<void> {
  const { page } = visited;
  await visited.entersBox();
  await page.keyboard.type(id);
  await page.keyboard.press('Enter');
}

/** The sentence at the top of a story. */
const verdict = (page: Page) =>
  page.getByRole('status').filter({ hasText: /completion|refused at the door/ });

describe.skipIf(noBrowser())('why a learner’s completion did not arrive', () => {
  const dashboard = new Dashboard(new Chromium());
  let receiver: Receiver;
  let visited: WatchedPage;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await visited?.close();
    await receiver.close();
  });

  /** A webhook that listens to one learner's package only, so that tests do not meet. */
  const webhook = (description: string, packageId: string, settings: object = {}) =>
    dashboard.customer.webhook(receiver.url, {
      description,
      events: ['session.launched', 'session.completed'],
      scopes: { packageIds: [packageId] },
      autoPauseAfter: 0,
      ...settings,
    });
  const complete = (about: object) =>
    dashboard.customer.posts('session.completed', { ...about, completionStatus: 'completed' });

  it('is that the receiver answers 503: seen from the box by keyboard alone, and sent again', async () => {
    const about = someone();
    const hook = await webhook('HR of Northwind', about.packageId, { retrySchedule: [3600] });
    await dashboard.customer.posts('session.launched', about);
    await receiver.waitFor(1);
    receiver.respondWith(503);
    await complete(about);
    await receiver.waitFor(2);
    visited = await dashboard.signedIn();
    const { page } = visited;
    await find(visited, about.learnerId);
    await verdict(page).getByText('has not reached “HR of Northwind” yet').waitFor();
    await verdict(page).getByText('answered 503 Service Unavailable at the only attempt').waitFor();
    await verdict(page).getByText('the receiver’s', { exact: true }).waitFor();
    await verdict(page).getByText(`package ${about.packageId}`).waitFor();
    await page.getByRole('link', { name: 'Delivered: HR of Northwind' }).waitFor();
    await page.getByRole('link', { name: 'Waiting: HR of Northwind' }).waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);

    receiver.respondWith(200);
    await tabTo(page, 'Retry now');
    await page.keyboard.press('Enter');
    await verdict(page).getByText('The completion arrived at “HR of Northwind”').waitFor();
    await verdict(page).getByText('Nothing is left to do').waitFor();
    await verdict(page).getByText('Before that, it answered 503 Service Unavailable').waitFor();
    await verdict(page).getByRole('button', { name: 'Delivered' }).waitFor();
    expect(await verdict(page).getByText('Whose turn').count()).toBe(0);
    expect(await visited.accessibilityFaults()).toEqual([]);
    const [, first, again] = receiver.requests;
    expect(again!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(again!.body).toBe(first!.body);
    await tabTo(page, 'Open the delivery');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/story\?.*open=dlv_/);
    expect((await dashboard.customer.deliveries(hook)).map(({ status }) => status)).toEqual([
      'delivered',
      'delivered',
    ]);
    await visited.expectNoFaults();
  });

  it('is told in place when a retry fails again, while another completion failed too', async () => {
    const about = someone();
    const other = { ...about, sessionId: `${about.sessionId}-other` };
    const hook = await webhook('Old portal', about.packageId, { retrySchedule: [1] });
    receiver.respondWith(503);
    await complete(about);
    await complete(other);
    await eventually(async () => {
      const statuses = (await dashboard.customer.deliveries(hook)).map(({ status }) => status);
      expect(statuses).toEqual(['dead', 'dead']);
    });
    const story = `/story?learnerId=${encodeURIComponent(about.learnerId)}`;
    visited = await dashboard.signedIn(story, { viewport: NARROW });
    const { page } = visited;
    await page.getByText('Completions: 2 did not arrive').waitFor();
    await page.getByRole('button', { name: 'Retry the learner’s 2 dead letters' }).waitFor();
    const box = verdict(page);
    await box.getByText(`Session ${other.sessionId}`).waitFor();
    await box.getByText('And 1 more completion has not arrived').waitFor();
    const wayThere = box.getByRole('link', { name: about.sessionId, exact: true });
    await wayThere.click();
    await eventually(async () => {
      const card = page.getByRole('region', { name: `Session ${about.sessionId}`, exact: true });
      expect((await card.boundingBox())!.y).toBeLessThan(NARROW.height);
    });

    await receiver.close();
    const retry = box.getByRole('button', { name: 'Retry now' });
    const shift = () => page.evaluate<number>('window.__shift');
    const before = await shift();
    await retry.click();
    await box.getByText(/^Failed again at \d\d:\d\d:\d\d: connection refused/).waitFor();
    // A retry by hand begins the schedule anew: the box goes on to say how that ends.
    await box.getByText('refused the connection at the last of 4 attempts').waitFor();
    await box.getByText('nothing more is sent by itself').waitFor();
    await box.getByText(`Session ${other.sessionId}`).waitFor();
    await wayThere.waitFor();
    await retry.waitFor();
    expect((await shift()) - before).toBeLessThan(0.02);
    expect(await visited.accessibilityFaults()).toEqual([]);

    await box.getByRole('link', { name: 'Open the delivery' }).click();
    const panel = page.getByRole('dialog');
    await panel.getByText('Whose turn: the receiver’s').waitFor();
    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'detached' });
    await page.waitForURL((url) => !url.searchParams.has('open'));
    await page
      .getByRole('link', { name: 'Open the delivery' })
      .and(page.locator(':focus'))
      .waitFor();

    // Whoever leaves and comes back finds it as they left it.
    await page.getByRole('link', { name: 'As a list' }).click();
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    await page.goBack();
    await box.getByText(/^Failed again at/).waitFor();
    await box.getByText(`Session ${other.sessionId}`).waitFor();
    visited.expectNoErrors();
  });

  it('is that no webhook wanted it: its scope is said, and the event is delivered now', async () => {
    const about = someone();
    const name = newName('Certificates');
    await webhook(name, 'pkg-of-others');
    const eventId = await complete(about);
    visited = await dashboard.signedIn();
    const { page } = visited;
    await find(visited, about.sessionId);
    await verdict(page).getByText('No webhook wanted the completion').waitFor();
    await page.getByRole('button', { name: `Not wanted: ${name}` }).click();
    await page
      .getByRole('dialog')
      .getByText('The scopes of the webhook are packages pkg-of-others')
      .waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'See why, and deliver it' }).click();
    const row = page.getByRole('listitem', { name });
    await row.getByText('As set today, since').waitFor();
    await row.getByRole('button', { name: 'Deliver it now' }).click();
    const dialog = page.getByRole('dialog', { name: `Deliver this event to ${name}?` });
    await dialog.getByText('with the same event id').waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    await dialog.getByRole('button', { name: 'Deliver it now' }).click();
    await row.getByText('Delivered', { exact: true }).waitFor();
    await receiver.waitFor(1);
    expect(receiver.requests[0]!.headers['webhook-id']).toBe(eventId);
    await visited.expectNoFaults();
  });

  it('is that it was refused at the door with 422, for a reason that the runtime can mend', async () => {
    const about = someone();
    await dashboard.customer.posts('session.launched', about);
    const { api } = dashboard.customer;
    const data = { ...about, completionStatus: 'done' };
    await api.post('/v1/events', { type: 'session.completed', data });
    await eventually(async () => {
      const { body } = await api.get(`/v1/event-rejections?q=${about.sessionId}`);
      expect(body.data).toHaveLength(1);
    });
    visited = await dashboard.signedIn();
    const { page } = visited;
    await find(visited, about.learnerId);
    await verdict(page).getByText('refused at the door: 422 Unprocessable Content').waitFor();
    await verdict(page).getByText('data.completionStatus must be one of').waitFor();
    await verdict(page).getByText('the runtime’s', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'See the refused post' }).click();
    await page.getByRole('dialog').getByText('The body breaks a rule').waitFor();
    await visited.expectNoFaults();
  });

  it('is that the runtime never reported it, on 390 pixels and among many reports of progress', async () => {
    const about = someone();
    await dashboard.customer.posts('session.launched', about);
    for (const progressMeasure of [0.1, 0.2, 0.3, 0.4, 0.5]) {
      const data = { ...about, completionStatus: 'incomplete', progressMeasure };
      await dashboard.customer.posts('session.progress', data);
    }
    visited = await dashboard.signedIn('/', { viewport: NARROW, colorScheme: 'dark' });
    const { page } = visited;
    await find(visited, about.learnerId);
    await verdict(page).getByText('No completion was reported for this session').waitFor();
    await verdict(page).getByText('progress (incomplete, 50%)').waitFor();
    await page.getByText('Never reported as completed').first().waitFor();
    await page.getByRole('button', { name: '5 progress reports' }).click();
    await page.getByRole('link', { name: 'Progress', exact: true }).nth(4).waitFor();
    expect(await visited.accessibilityFaults()).toEqual([]);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(sideways).toBeLessThanOrEqual(0);
    await visited.expectNoFaults();
  });

  it('is shown of five hundred events page by page, and nothing is offered that a viewer may not do', async () => {
    const about = someone();
    const event = (number: number) => ({
      type: number < 10 ? 'session.launched' : 'session.progress',
      data: {
        ...about,
        sessionId: `${about.sessionId}-${number % 10}`,
        ...(number >= 10 && { completionStatus: 'incomplete' }),
      },
    });
    const events = Array.from({ length: 500 }, (_, number) => event(number));
    const { status } = await dashboard.customer.api.post('/v1/events/batch', { events });
    expect(status).toBe(202);
    const story = `/story?learnerId=${encodeURIComponent(about.learnerId)}`;
    visited = await dashboard.signedIn(story);
    const { page } = visited;
    await page.getByText('The newest 100 events in 10 sessions').waitFor();
    await page.getByRole('button', { name: 'Show older events' }).click();
    await page.getByText('The newest 200 events in 10 sessions').waitFor();
    await visited.expectNoFaults();
    await visited.close();

    visited = await dashboard.signedIn(story, { role: 'viewer' });
    await visited.page.getByText('Viewers do not see what events hold').waitFor();
    expect(await visited.page.getByRole('button', { name: 'Retry' }).count()).toBe(0);
  });
});

/** As somebody without a mouse gets there. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const focused = await page.evaluate('document.activeElement?.textContent?.trim()');
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Sixty presses of Tab did not reach ${name}.`);
}
