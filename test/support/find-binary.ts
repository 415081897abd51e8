import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A browser is a large download. */
const APT_TIMEOUT_MS = 300_000;

export interface WantedBinary {
  /** Names of the command; the first one found is used. */
  names: readonly string[];
  /** The Debian package that contains it; if left out, nothing is installed. */
  debianPackage?: string | undefined;
}

/** Finds a command on this machine, which root on Debian installs if it is missing; `undefined` if it cannot be had. */
export async function findBinary(wanted: WantedBinary): Promise<string | undefined> {
  return (await installed(wanted)) ?? (await install(wanted));
}

async function installed({ names }: WantedBinary): Promise<string | undefined> {
  // `command -v` fails if one of its names is missing, even if it found others.
  const found = await run('sh', ['-c', `command -v ${names.join(' ')} || true`]);
  return found.stdout.trim().split('\n')[0] || undefined;
}

async function install(wanted: WantedBinary): Promise<string | undefined> {
  const { debianPackage } = wanted;
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!debianPackage || !mayInstall) return undefined;
  process.stderr.write(`Installing ${debianPackage} for the tests …\n`);
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: APT_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', debianPackage],
      options,
    );
  } catch (error) {
    process.stderr.write(`${debianPackage} could not be installed: ${(error as Error).message}\n`);
  }
  return installed(wanted);
}

/**
 * Says clearly that suites are left out.
 *
 * @throws Error when `CI=true`: leaving out a suite is a failure there
 */
export function leaveOut(what: string, advice: string): void {
  if (process.env.CI === 'true') throw new Error(`${what} cannot run. ${advice}`);
  process.stderr.write(`\n${what} are SKIPPED. ${advice}\n\n`);
}
