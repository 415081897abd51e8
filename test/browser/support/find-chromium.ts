import type { TestProject } from 'vitest/node';
import { findBinary, leaveOut } from '../../support/find-binary.js';
import { CHROMIUM, TEST_BROWSER } from './chromium-binary.js';

/** Looks for a Chromium, which root on Debian installs when it is missing. */
export default async function setUp(project: TestProject): Promise<void> {
  const chromium =
    process.env.CHROMIUM || (await findBinary(TEST_BROWSER)) || (await findBinary(CHROMIUM));
  if (!chromium) leaveOut('The browser suites', 'Install chromium, or set CHROMIUM to its path.');
  project.provide('chromium', chromium);
}
