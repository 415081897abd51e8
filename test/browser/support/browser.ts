import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';

/** Chromium looks for its maker's servers unless it is told not to; a closed network makes it wait for them. */
const ALONE = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];
/** Pages of the tests only, and Chromium's own sandbox does not start as root. */
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Whether there is a browser to test with; `describe.skipIf` says it in plain sight. */
export const noBrowser = (): boolean => inject('chromium') === undefined;

/** A Chromium for the tests of a `describe`, and a learner's own profile for each that asks. */
export class Chromium {
  #browser?: Browser;

  constructor() {
    beforeAll(async () => {
      const executablePath = inject('chromium');
      if (executablePath === undefined) return;
      this.#browser = await chromium.launch({ executablePath, args: [...ALONE, ...AS_ROOT] });
    });
    afterAll(() => this.#browser?.close());
  }

  /** Somebody's browser, with cookies and storage of its own. */
  profile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    return this.#browser!.newContext(options);
  }

  /** A page in a profile of its own; what goes wrong on it fails the test that shows `errorsOf`. */
  async page(): Promise<Page> {
    return (await this.profile()).newPage();
  }
}
