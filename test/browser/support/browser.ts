import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { CHROMIUM_ARGS } from './chromium-binary.js';

/** Whether there is a browser to test with; `describe.skipIf` says it in plain sight. */
export const noBrowser = (): boolean => inject('chromium') === undefined;

/** One for all files of a worker; it ends with the worker. */
let running: Promise<Browser> | undefined;

/** A Chromium for the tests of a `describe`, and a learner's own profile for each that asks. */
export class Chromium {
  private browser?: Browser;
  private readonly profiles: BrowserContext[] = [];

  constructor() {
    beforeAll(async () => {
      const executablePath = inject('chromium');
      if (executablePath === undefined) return;
      running ??= chromium.launch({ executablePath, args: CHROMIUM_ARGS });
      this.browser = await running;
    });
    afterAll(() => Promise.all(this.profiles.map((profile) => profile.close())));
  }

  /** Somebody's browser, with cookies and storage of its own. */
  async profile(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const profile = await this.browser!.newContext(options);
    this.profiles.push(profile);
    return profile;
  }

  /** A page in a profile of its own; what goes wrong on it fails the test that shows `errorsOf`. */
  async page(): Promise<Page> {
    return (await this.profile()).newPage();
  }
}
