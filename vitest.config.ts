import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const shared = { resolve: { tsconfigPaths: true } };

export default defineConfig({
  test: {
    // Most of what the suites do is wait: for leases, for processes. Vitest's own choice leaves one core idle.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['libs/*/src/**/*.spec.ts', 'apps/*/src/**/*.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'behaviour',
          include: ['test/**/*.{spec,e2e-spec}.ts'],
          globalSetup: ['test/support/global-setup.ts'],
          setupFiles: ['test/support/show-logs-of-failures.ts'],
          testTimeout: 60_000,
          // Real processes on a shared build machine: a test that passes the second time is reported, not fatal.
          retry: process.env.CI ? 1 : 0,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
