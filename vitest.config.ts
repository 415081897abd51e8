import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { folderInMemory } from './test/support/folder-in-memory.js';
import { LONG_RUNS } from './test/support/long-runs.js';
import { SlowFirst } from './test/support/slow-first.js';

// For this process, for its workers, and for what they start.
process.env.TMPDIR = folderInMemory();

const shared = { resolve: { tsconfigPaths: true } };

/** What drives real processes. A test that passes the second time on a shared build machine is reported, not fatal. */
const realProcesses = {
  globalSetup: ['test/support/global-setup.ts'],
  setupFiles: ['test/support/show-logs-of-failures.ts'],
  // Faults take seconds; on a machine that is busy with other suites they take many.
  testTimeout: LONG_RUNS ? 300_000 : 120_000,
  hookTimeout: 120_000,
  // What is waited for by asking comes within a second on a quiet machine.
  expect: { poll: { timeout: 10_000 } },
  // As for unit specs: a worker loads the product once, rather than for each of its files.
  isolate: false,
  retry: process.env.CI ? 1 : 0,
};

/** Sockets of their own, but neither Postgres nor a build: as fast as unit specs. */
const RECEIVERS = 'test/receivers/**/*.spec.ts';
/** The pages of Markdown, held against the code. */
const DOCS = 'test/docs/**/*.spec.ts';
/** A Chromium beside everything else. */
const BROWSER = 'test/browser/**/*.spec.ts';

export default defineConfig({
  test: {
    // Much of what the suites do is wait, for leases and for processes: two more than cores keep these busy.
    maxWorkers: Math.max(2, availableParallelism()) + 2,
    sequence: { sequencer: SlowFirst },
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', RECEIVERS, DOCS],
          // What they load is loaded once for all: more than half of their time.
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          ...realProcesses,
          name: 'behaviour',
          include: ['test/**/*.{spec,e2e-spec}.ts'],
          exclude: [...configDefaults.exclude, RECEIVERS, DOCS, BROWSER],
          // Tests that say so wait beside each other: for retries, for what a dispatcher records.
          maxConcurrency: 24,
        },
      },
      {
        ...shared,
        test: {
          ...realProcesses,
          name: 'browser',
          include: [BROWSER],
          // As long as Chromium is waited for: on a machine that is busy, a page takes its time.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 300_000,
          globalSetup: ['test/browser/support/find-chromium.ts', ...realProcesses.globalSetup],
        },
      },
    ],
  },
});
