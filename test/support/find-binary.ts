import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A browser is a large download. */
const APT_TIMEOUT_MS = 300_000;

export interface WantedBinary {
  /** Names of the command, the first that is found is taken. */
  names: readonly string[];
  /** The Debian package that brings it; without one, nothing is installed. */
  debianPackage?: string | undefined;
}

/** A command of this machine, which root on Debian installs when it is missing; `undefined` when it cannot be had. */
export async function findBinary(wanted: WantedBinary): Promise<string | undefined> {
  return (await installed(wanted)) ?? (await install(wanted));
}

async function installed({ names }: WantedBinary): Promise<string | undefined> {
  // `command -v` fails when one of its names is missing, whatever it found.
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
 * Says in plain sight that suites are left out.
 *
 * @throws Error when `CI=true`: there, a suite that is left out is a failure
 */
export function leaveOut(what: string, advice: string): void {
  if (process.env.CI === 'true') throw new Error(`${what} cannot run. ${advice}`);
  process.stderr.write(`\n${what} are SKIPPED. ${advice}\n\n`);
}
