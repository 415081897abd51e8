// `npm run bench`: measures the goals of docs/performance.md on real processes.
//   npm run bench -- --quick          small figures, in under two minutes: shows that everything runs
//   npm run bench -- --only <row>,…   these rows of the table, by their ids
//   npm run bench -- --runs 5         more runs than three
//   npm run bench -- --history 10000000
//   npm run bench -- --dispatchers 2
//   npm run bench -- --soak 15         a quarter of an hour at half load, beside receivers that misbehave
//   npm run bench -- --against ../other     lists and single reads beside those of another checkout, which is built
//   npm run bench -- --simulate       how far it would get on 8, 32 and 128 cores, by a model of what was measured
//   npm run bench -- --only one --runs 1 --profile <folder>   CPU profiles of API and dispatcher
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { prepare } from './prepare.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    runs: { type: 'string' },
    history: { type: 'string' },
    dispatchers: { type: 'string', default: '1' },
    soak: { type: 'string' },
    against: { type: 'string' },
    profile: { type: 'string' },
    simulate: { type: 'boolean', default: false },
  },
});
const quick = values.quick;
const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}${quick ? '-quick' : ''}.json`;
const options = {
  quick,
  only: values.only,
  runs: Number(values.runs ?? (quick ? 1 : 3)),
  history: Number(values.history ?? (quick ? 0 : 1_000_000)),
  dispatchers: Number(values.dispatchers),
  soak: values.soak && Number(values.soak),
  against: values.against && resolve(values.against),
  profile: values.profile && resolve(values.profile),
  output: join(import.meta.dirname, '..', 'bench-results', name),
};

await prepare({ build: !values.simulate });
if (values.simulate) {
  const { productNode } = await import('./product-node.mjs');
  const main = join(import.meta.dirname, '..', 'test', 'bench', 'simulation', 'main.ts');
  process.exitCode = spawnSync(productNode(), [main], { stdio: 'inherit' }).status ?? 1;
} else {
  const { runTool } = await import('./tools.mjs');
  process.env.BENCH_OPTIONS = JSON.stringify(options);
  process.exitCode = runTool('vitest', ['run', '--config', 'test/bench/vitest.config.ts']);
}
