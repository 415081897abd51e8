import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { FileOrder } from './test/support/file-order.js';
import { folderInMemory } from './test/support/folder-in-memory.js';

// For this process, for its workers, and for what they start.
process.env.TMPDIR = folderInMemory();

const shared = { resolve: { tsconfigPaths: true } };

/** Sockets of their own, but neither Postgres nor a build: as fast as unit specs. */
const RECEIVERS = 'test/receivers/**/*.spec.ts';
/** The pages of Markdown, held against the code. */
const DOCS = 'test/docs/**/*.spec.ts';

export default defineConfig({
  test: {
    // Much of what the suites do is wait, for leases and for processes: three more than cores keep these busy.
    maxWorkers: Math.max(2, availableParallelism()) + 3,
    sequence: { sequencer: FileOrder },
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
          // What drives real processes, and a Chromium.
          name: 'behaviour',
          include: ['test/**/*.{spec,e2e-spec}.ts'],
          exclude: [...configDefaults.exclude, RECEIVERS, DOCS],
          globalSetup: ['test/support/global-setup.ts', 'test/browser/support/find-chromium.ts'],
          setupFiles: [
            'test/support/show-logs-of-failures.ts',
            'test/support/end-leftover-servers.ts',
          ],
          // Faults take seconds, and so do pages; on a machine that is busy with other suites they take many.
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // As long as Chromium is waited for. On a quiet machine it comes within a second.
          expect: { poll: { timeout: 60_000 } },
          // As for unit specs: a worker loads the product once, rather than for each of its files.
          isolate: false,
          // A test that passes the second time on a shared build machine is reported, not fatal.
          retry: process.env.CI ? 1 : 0,
          // Tests that say so wait beside each other: for retries, for what a dispatcher records.
          maxConcurrency: 24,
        },
      },
    ],
  },
});
