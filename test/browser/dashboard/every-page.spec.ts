import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startReceiver } from '../../support/index.js';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage, WIDE } from '../support/dashboard.js';

const LEARNER = 'lrn_1';
const WEBHOOK = 'Completions for HR';

/** What the addresses of some pages name. */
interface Known {
  webhookId: string;
  deliveryId: string;
  eventId: string;
}

/** Each page, by the heading that it has. */
const pagesOf = ({ webhookId, deliveryId, eventId }: Known) =>
  [
    ['/', 'Home'],
    ['/search?q=nobody-has-this', 'Search'],
    [`/story?learnerId=${LEARNER}`, `Learner ${LEARNER}`],
    ['/deliveries', 'Deliveries'],
    [`/deliveries?open=${deliveryId}`, 'Deliveries'],
    ['/dead-letters', 'Dead letters'],
    ['/webhooks', 'Webhooks'],
    ['/webhooks/new', 'New webhook'],
    [`/webhooks/${webhookId}`, WEBHOOK],
    [`/webhooks/${webhookId}?tab=deliveries`, WEBHOOK],
    [`/webhooks/${webhookId}?tab=secret`, WEBHOOK],
    [`/webhooks/${webhookId}?tab=settings`, WEBHOOK],
    [`/webhooks/${webhookId}/edit`, `Edit ${WEBHOOK}`],
    ['/events', 'Events'],
    [`/events/${eventId}`, 'session.completed'],
    ['/events/refused', 'Refused posts'],
    ['/guide', 'Guide'],
    ['/guide/formats', 'Guide'],
    ['/guide/verify', 'Guide'],
    ['/guide/retries', 'Guide'],
    ['/settings', 'Settings'],
    ['/no-such-page', 'There is no such page'],
  ] as const;
/** Those of whoever has not signed in. */
const OUTSIDE = [
  ['/sign-in', 'Sign in'],
  ['/forgotten-password', 'Forgotten password'],
  ['/password-reset', 'Choose a new password'],
  ['/invitation', 'Welcome to Schoolbell'],
] as const;
const LOOKS = [
  { colorScheme: 'light', viewport: WIDE },
  { colorScheme: 'dark', viewport: NARROW },
] as const;

describe.skipIf(noBrowser())('every page of the dashboard', () => {
  const dashboard = new Dashboard(new Chromium());
  let known: Known;
  let visited: WatchedPage | undefined;
  beforeAll(async () => {
    const receiver = await startReceiver();
    const { customer } = dashboard;
    const webhook = await customer.webhook(receiver.url, { description: WEBHOOK });
    const eventId = await customer.completes(webhook);
    const { id: deliveryId } = await customer.deliveryIs(webhook, 'delivered');
    // A post that is refused, for the page that lists these.
    await customer.api.post('/v1/events', { type: 'no.such.type', data: {} });
    known = { webhookId: webhook.id, deliveryId, eventId };
    return () => receiver.close();
  });
  afterEach(() => visited?.close());

  async function expectAllWell(path: string, title: string): Promise<void> {
    const { page } = visited!;
    await page.goto(dashboard.url + path);
    // A panel that is open hides the heading from screen readers, and so from roles.
    await page.locator('h1').filter({ hasText: title }).waitFor();
    await visited!.settled();
    expect(await visited!.accessibilityFaults(), path).toEqual([]);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    await visited!.expectNoFaults();
  }

  it.each(LOOKS)(
    'has a heading, no fault that axe finds, nothing that a strict policy refuses, and nothing that jumps ($colorScheme, $viewport.width pixels)',
    async (look) => {
      visited = await dashboard.signedIn('/', look);
      for (const [path, title] of pagesOf(known)) await expectAllWell(path, title);
    },
  );

  it.each(LOOKS)(
    'is so before anybody has signed in, too ($colorScheme, $viewport.width pixels)',
    async (look) => {
      visited = await dashboard.visit('/sign-in', look);
      for (const [path, title] of OUTSIDE) await expectAllWell(path, title);
    },
  );
});
