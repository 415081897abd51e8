import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findBinary, leaveOut } from './find-binary.js';
import { LONG_RUNS } from './long-runs.js';

const run = promisify(execFile);

const BUILD = join(import.meta.dirname, 'build-pgbouncer.sh');
/** Kept from run to run: to build it takes half a minute. */
const BUILT = join(homedir(), '.cache', 'schoolbell', 'pgbouncer');
const BUILD_TIMEOUT_MS = 600_000;
const TOO_OLD =
  'Tests with PgBouncer by transaction are SKIPPED: install pgbouncer 1.21 or later, or have FAULTS_LONG=1 build it.';

export interface PgBouncer {
  binary: string;
  /** It keeps the prepared statements of its clients apart: from 1.21 on. */
  keepsStatementsApart: boolean;
}

/**
 * A `pgbouncer` of this machine. Root on Debian installs it when it is missing; where Debian's is older than 1.21, long
 * runs build a newer one, and others leave out what needs it.
 *
 * @returns undefined when none can be had
 * @throws Error when `CI=true` and there is none
 */
export async function findPgBouncer(): Promise<PgBouncer | undefined> {
  const built = join(BUILT, 'pgbouncer');
  if (existsSync(built)) return versionOf(built);
  const binary = await findBinary({ names: ['pgbouncer'], debianPackage: 'pgbouncer' });
  if (!binary) {
    leaveOut('Tests with PgBouncer', 'Install pgbouncer 1.21 or later.');
    return undefined;
  }
  const found = await versionOf(binary);
  if (found.keepsStatementsApart) return found;
  if (LONG_RUNS && (await builds())) return versionOf(built);
  process.stderr.write(`\n${TOO_OLD}\n\n`);
  return found;
}

async function versionOf(binary: string): Promise<PgBouncer> {
  const { stdout } = await run(binary, ['--version']);
  const [, major, minor] = /PgBouncer (\d+)\.(\d+)/.exec(stdout) ?? [];
  return { binary, keepsStatementsApart: Number(major) > 1 || Number(minor) >= 21 };
}

async function builds(): Promise<boolean> {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return false;
  process.stderr.write('Building PgBouncer for the tests …\n');
  const options = { timeout: BUILD_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
  return run(BUILD, [BUILT], options).then(
    () => true,
    (error: Error) => {
      process.stderr.write(`PgBouncer could not be built: ${error.message}\n`);
      return false;
    },
  );
}
