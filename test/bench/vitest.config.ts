import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const options = JSON.parse(process.env.BENCH_OPTIONS ?? '{}');
const file = options.soak ? 'soak' : options.against ? 'reads' : 'main';
const ROOT = join(import.meta.dirname, '..', '..');

/** For `npm run bench` only: scripts/bench.mjs passes in BENCH_OPTIONS what to measure. */
export default defineConfig({
  root: ROOT,
  resolve: { tsconfigPaths: true },
  test: {
    include: [`test/bench/${file}.bench.ts`],
    globalSetup: ['test/bench/global-setup.ts'],
    provide: { bench: options },
    disableConsoleIntercept: true,
    reporters: [
      {
        onTestRunEnd(modules, errors) {
          const failed = modules.flatMap((module) => [
            ...module.errors(),
            ...[...module.children.allTests()].flatMap((test) => test.result().errors ?? []),
          ]);
          for (const error of [...failed, ...errors]) {
            process.stderr.write(`${error.stack ?? error.message}\n`);
          }
        },
      },
    ],
  },
});
