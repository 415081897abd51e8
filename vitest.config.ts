import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

const shared = { resolve: { tsconfigPaths: true } };

/** Sockets of their own, but neither Postgres nor a build: as fast as unit specs. */
const RECEIVERS = 'test/receivers/**/*.spec.ts';

export default defineConfig({
  test: {
    // Much of what the suites do is wait, for leases and for processes: one more than cores keeps these busy.
    maxWorkers: Math.max(2, availableParallelism()) + 1,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts', RECEIVERS],
        },
      },
      {
        ...shared,
        test: {
          name: 'behaviour',
          include: ['test/**/*.{spec,e2e-spec}.ts'],
          exclude: [...configDefaults.exclude, RECEIVERS],
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/show-logs-of-failures.ts'],
          testTimeout: 60_000,
          // Tests that say so wait beside each other: for retries, for what a dispatcher records.
          maxConcurrency: 24,
          // Real processes on a shared build machine: a test that passes the second time is reported, not fatal.
          retry: process.env.CI ? 1 : 0,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
