import { afterEach, describe, expect, it } from 'vitest';
import { Chromium, noBrowser } from '../support/browser.js';
import { Dashboard, NARROW, type WatchedPage, WIDE } from '../support/dashboard.js';

/** Each page of the menu, by its heading. */
const PAGES = [
  ['/', 'Home'],
  ['/deliveries', 'Deliveries'],
  ['/dead-letters', 'Dead letters'],
  ['/webhooks', 'Webhooks'],
  ['/webhooks/new', 'New webhook'],
  ['/events', 'Events'],
  ['/events/refused', 'Refused posts'],
  ['/guide', 'Guide'],
  ['/settings', 'Settings'],
] as const;
const LOOKS = [
  { colorScheme: 'light', viewport: WIDE },
  { colorScheme: 'dark', viewport: NARROW },
] as const;

describe.skipIf(noBrowser())('every page of the dashboard', () => {
  const dashboard = new Dashboard(new Chromium());
  let visited: WatchedPage | undefined;
  afterEach(() => visited?.close());

  it.each(LOOKS)(
    'has a heading, no fault that axe finds, and nothing that a strict policy refuses ($colorScheme, $viewport.width pixels)',
    async (look) => {
      visited = await dashboard.signedIn('/', look);
      const { page } = visited;
      for (const [path, title] of PAGES) {
        await page.goto(dashboard.url + path);
        await page.getByRole('heading', { level: 1, name: title }).waitFor();
        await visited.settled();
        expect(await visited.accessibilityFaults(), path).toEqual([]);
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(sideways, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
      }
      await visited.expectNoFaults();
    },
  );
});
