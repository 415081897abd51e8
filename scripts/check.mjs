// `npm run check`: the one gate before a commit. Format, lint, import rules, types, unit specs.
import { prepare } from './prepare.mjs';

await prepare({ build: false });
const { ensureGenerated } = await import('./build.mjs');
const { runTool } = await import('./tools.mjs');

const STEPS = [
  ['format', 'prettier', ['--check', '--log-level=warn', '.']],
  ['lint', 'oxlint', ['--quiet']],
  ['imports', 'depcruise', ['apps', 'libs', 'test', '--config', '.dependency-cruiser.mjs']],
  ['types', 'tsc', ['--noEmit']],
  ['types of the dashboard', 'tsc', ['-p', 'apps/dashboard']],
  ['unit specs', 'vitest', ['run', '--project', 'unit', '--reporter=default']],
];

await ensureGenerated();
const failed = STEPS.filter(([title, tool, args]) => {
  console.log(`\n> ${title}: ${tool} ${args.join(' ')}`);
  return runTool(tool, args) !== 0;
});
const titles = failed.map(([title]) => title).join(', ');
console.log(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${titles}`);
process.exitCode = failed.length === 0 ? 0 : 1;
