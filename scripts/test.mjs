// `npm test`: everything, on real parts. `npm test -- <path>` runs some of it. Closes with
// "N passed, N failed".
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

await prepare();
const { runTool } = await import('./tools.mjs');

const folder = mkdtempSync(join(tmpdir(), 'schoolbell-report-'));
const report = join(folder, 'report.json');
try {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = runTool('vitest', ['run', ...reporters, ...process.argv.slice(2)]);
  const { passed, failed, skipped } = counts(status);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A run that broke down before its first test, or beside its tests, counts as one failure. */
function counts(status) {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = readReport();
  const failed = numFailedTests === 0 && status !== 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return {};
  }
}
