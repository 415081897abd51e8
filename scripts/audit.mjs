// `npm run audit`: no dependency of the product has a known vulnerability of severity "high" or "critical", but for
// those that audit-exceptions.json explains. Needs the registry's advisories; `--require` makes their absence a failure.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeAdvisories } from './judge-advisories.mjs';

const ROOT = join(import.meta.dirname, '..');

const report = readAdvisories();
if (report.error ?? !report.vulnerabilities) {
  const reason = report.error?.summary || report.message || 'no answer';
  console.log(`The registry gives no advisories (${reason}): nothing was audited.`);
  process.exit(process.argv.includes('--require') ? 1 : 0);
}
const exceptions = JSON.parse(readFileSync(join(ROOT, 'audit-exceptions.json'), 'utf8'));
const today = new Date().toISOString().slice(0, 10);
const { faults, excused } = judgeAdvisories(report, exceptions, today);
for (const line of excused) console.log(`Excused: ${line}`);
for (const line of faults) console.error(line);
console.log(faults.length === 0 ? 'No known vulnerability.' : `${faults.length} to look after.`);
process.exitCode = faults.length === 0 ? 0 : 1;

function readAdvisories() {
  const npm = process.env.npm_execpath;
  const [command, ...prefix] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const args = [
    ...prefix,
    'audit',
    '--json',
    '--omit=dev',
    '--fetch-timeout=20000',
    '--fetch-retries=1',
  ];
  const { stdout } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  try {
    return JSON.parse(stdout);
  } catch {
    return {};
  }
}
