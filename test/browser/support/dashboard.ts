import { randomInt, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Role } from '@schoolbell/identity';
import type {
  BrowserContext,
  BrowserContextOptions,
  Locator,
  Page,
  Request,
} from 'playwright-core';
import { beforeAll, type beforeEach, expect } from 'vitest';
import { addPerson, PASSWORD, type Person } from '../../e2e/support/people.js';
import {
  Customer,
  eventually,
  joinSchoolbell,
  type JoinedSchoolbell,
} from '../../support/index.js';
import type { Chromium } from './browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const WIDE = { width: 1280, height: 860 };
export const NARROW = { width: 390, height: 844 };
/** Of a page that settles; the goal of the Web Vitals is 0.1. */
const MOST_LAYOUT_SHIFT = 0.02;
/** What comes within two seconds on a quiet machine. */
const MOST_MS = 60_000;
const QUIET_MS = 500;
const QUIET_STEP_MS = 100;

/** Only what is wrong leaves the page: what passes is a long list, which Chromium would write and the test would read. */
const RUN_AXE = 'axe.run(document).then(({ violations }) => violations)';

interface Violation {
  id: string;
  help: string;
  nodes: { html: string }[];
}

/** Runs in the page before anything of it: remembers what the tests ask for. */
const WATCH = `
  window.__shift = 0;
  window.__shifted = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      window.__shift += value;
      const elements = sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? node?.textContent);
      window.__shifted.push(value.toFixed(4) + ' by ' + elements.join(', '));
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** A name that is new with each try of a test, which finds what the try before has left behind. */
export const newName = (name: string): string => `${name} ${randomUUID().slice(0, 8)}`;

/**
 * A tenant of its own in the Schoolbell that files share, with people who use its dashboard in a Chromium.
 *
 * @param before `beforeEach` for tests that count what there is: a try that failed leaves its tenant to itself
 */
export class Dashboard {
  schoolbell!: JoinedSchoolbell;
  /** The tenant's API, and its runtime service. */
  customer!: Customer;

  constructor(
    private readonly chromium: Chromium,
    private readonly name = 'Acme Learning',
    before: typeof beforeAll | typeof beforeEach = beforeAll,
  ) {
    before(async () => {
      this.schoolbell = await joinSchoolbell(this.name);
      this.customer = new Customer(this.schoolbell);
    });
  }

  get url(): string {
    return this.schoolbell.apiUrl;
  }

  person(role: Role = 'owner'): Promise<Person> {
    const tenantUuid = role.startsWith('platform') ? null : this.schoolbell.tenantUuid;
    return addPerson(this.schoolbell, { tenantUuid, role });
  }

  /** A page in a browser of its own, where nobody has signed in yet. */
  async visit(path: string, options: BrowserContextOptions = {}): Promise<WatchedPage> {
    return (await this.newPage(options)).open(path);
  }

  /** The same, by somebody who has signed in: their browser has the cookie, as after a page of its own. */
  async signedIn(
    path = '/',
    { role = 'owner', ...options }: BrowserContextOptions & { role?: Role } = {},
  ): Promise<WatchedPage> {
    const { email } = await this.person(role);
    const visited = await this.newPage(options);
    const answer = await visited.page.context().request.post(`${this.url}/v1/auth/login`, {
      headers: { 'sec-fetch-site': 'same-origin' },
      data: { email, password: PASSWORD },
    });
    expect(answer.status()).toBe(200);
    await visited.open(path);
    await visited.isInside();
    return visited;
  }

  private async newPage(options: BrowserContextOptions): Promise<WatchedPage> {
    const extraHTTPHeaders = { 'x-forwarded-for': anAddress() };
    const profile = { viewport: WIDE, extraHTTPHeaders, ...options };
    const context = await this.chromium.profile(profile);
    return new WatchedPage(await watched(context, this.url), this.url);
  }
}

/** Each browser has an address of its own: ten logins a minute are taken from one. */
function anAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}

/** A page whose faults are seen: errors in its console, requests to other origins, elements that jump. */
export class WatchedPage {
  readonly faults: string[] = [];
  /** Faults that a test causes itself, such as a refused call. */
  readonly expectedFaults: RegExp[] = [];
  private readonly pending = new Set<Request>();

  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on('pageerror', (error) => this.faults.push(`page: ${error.stack ?? error.message}`));
    page.on('requestfinished', (request) => this.pending.delete(request));
    page.on('requestfailed', (request) => this.pending.delete(request));
    page.on('request', (request) => {
      if (!request.url().includes('/v1/stream/')) this.pending.add(request);
      const { origin, protocol } = new URL(request.url());
      if (origin !== url && protocol.startsWith('http')) {
        this.faults.push(`foreign: ${request.url()}`);
      }
    });
  }

  async open(path: string): Promise<this> {
    // The page asks first whether there is a session, and a browser calls the answer "no" an error.
    this.expectedFaults.push(/status of 401/);
    await this.page.goto(this.url + path);
    return this;
  }

  /** Resolves once the menu is there (at the side, or behind a button where the page is narrow) and keys are heard. */
  async isInside(): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Pages' })
      .or(this.page.getByRole('button', { name: 'Menu' }))
      .first()
      .waitFor();
    await this.isIdle();
  }

  /** Resolves once nothing was asked for half a second; the stream that keeps the page live has no end. */
  async settled(): Promise<void> {
    for (let quietMs = 0; quietMs < QUIET_MS; quietMs += QUIET_STEP_MS) {
      await this.page.waitForTimeout(QUIET_STEP_MS);
      // On a slow machine a page computes for longer than that, and asks afterwards.
      await this.isIdle();
      if (this.pending.size > 0) quietMs = 0;
    }
  }

  /** Resolves once the page has nothing left to compute: what it draws is drawn, and what it listens to is heard. */
  async isIdle(): Promise<void> {
    await this.page.evaluate('new Promise((done) => requestIdleCallback(() => done()))');
  }

  /** Resolves once the box for any id has the focus, which its key gives it. */
  async entersBox(): Promise<void> {
    await this.page.keyboard.press('/');
    await this.page.getByLabel('Search by any id').and(this.page.locator(':focus')).waitFor();
  }

  /** Clicks on a button that copies. @returns what it copied */
  async copied(button: Locator): Promise<string> {
    await this.page.evaluate("navigator.clipboard.writeText('')");
    await button.click();
    return eventually(async () => (await this.clipboard()) || false, { timeoutMs: MOST_MS });
  }

  private clipboard(): Promise<string> {
    return this.page.evaluate<string>('navigator.clipboard.readText()');
  }

  /** What a strict policy, a clean console and a quiet page mean. */
  async expectNoFaults(): Promise<void> {
    this.expectNoErrors();
    const shifted = await this.page.evaluate<string>("window.__shifted.join('\\n')");
    expect(await this.page.evaluate('window.__shift'), shifted).toBeLessThan(MOST_LAYOUT_SHIFT);
  }

  /** The same but for what moved: where rows come or leave because somebody wanted them to. */
  expectNoErrors(): void {
    const unexpected = this.faults.filter(
      (fault) => !this.expectedFaults.some((expected) => expected.test(fault)),
    );
    expect(unexpected).toEqual([]);
  }

  /** What axe finds on the page as it is, as a list to read. */
  async accessibilityFaults(): Promise<string[]> {
    // Not as a script of the page, which its policy would refuse.
    await this.page.evaluate(AXE);
    const violations = await this.page.evaluate<Violation[]>(RUN_AXE);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`),
    );
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}

async function watched(context: BrowserContext, url: string): Promise<Page> {
  context.setDefaultTimeout(MOST_MS);
  await context.addInitScript(WATCH);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  return context.newPage();
}
