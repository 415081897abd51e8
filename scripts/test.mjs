// `npm test`: everything, on real parts. `npm test -- <path>` runs some of it. Closes with
// "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

/** More files than this fail by a fault of the product, not by the load of the machine. */
const MAX_FILES_AGAIN = 3;

await prepare();
const { runTool } = await import('./tools.mjs');

const folder = mkdtempSync(join(tmpdir(), 'schoolbell-report-'));
try {
  const { passed, failed, skipped } = inCi(run(process.argv.slice(2)));
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(args) {
  const file = join(folder, 'report.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const status = runTool('vitest', ['run', ...reporters, ...args]);
  return resultOf(readReport(file), status);
}

/** A run that broke down before its first test, or beside its tests, counts as one failure. */
function resultOf(report, status) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [] } = report;
  return {
    passed: numPassedTests,
    failed: numFailedTests === 0 && status !== 0 ? 1 : numFailedTests,
    skipped: numPendingTests,
    failedFiles: testResults.filter((file) => file.status === 'failed').map((file) => file.name),
  };
}

/** A few files that fail beside everything else on a shared build machine are judged by a run of their own. */
function inCi(first) {
  const files = first.failedFiles;
  if (!process.env.CI || files.length === 0 || files.length > MAX_FILES_AGAIN) return first;
  console.log(`\nAgain, with nothing beside them:\n${files.join('\n')}`);
  const { failed } = run([...files, '--maxWorkers=1']);
  return { ...first, failed, passed: first.passed + first.failed - failed };
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
