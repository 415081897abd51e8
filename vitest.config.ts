import { defineConfig } from 'vitest/config';

const shared = { resolve: { tsconfigPaths: true } };

export default defineConfig({
  test: {
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
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
