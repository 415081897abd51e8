import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { RedisForTests } from './provided.js';

const run = promisify(execFile);
const APT_TIMEOUT_MS = 180_000;

/**
 * `REDIS_URL`, or a `redis-server` of this machine, which root on Debian installs when it is missing.
 *
 * @throws Error when neither can be had and `CI=true`: there, a suite that is left out is a failure
 */
export async function findRedis(): Promise<RedisForTests> {
  const url = process.env.REDIS_URL || undefined;
  const binary = (await installedRedis()) ?? (url ? undefined : await installRedis());
  if (!url && !binary) {
    const advice = 'Set REDIS_URL, or install redis-server.';
    if (process.env.CI === 'true') throw new Error(`The Redis suites cannot run. ${advice}`);
    process.stderr.write(`\nNo Redis: the suites that need one are SKIPPED. ${advice}\n\n`);
  }
  return { url, binary };
}

async function installedRedis(): Promise<string | undefined> {
  const found = await run('sh', ['-c', 'command -v redis-server valkey-server']).catch(
    () => undefined,
  );
  return found?.stdout.trim().split('\n')[0] || undefined;
}

async function installRedis(): Promise<string | undefined> {
  const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
  if (!mayInstall) return undefined;
  process.stderr.write('Installing redis-server for the tests …\n');
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: APT_TIMEOUT_MS,
  };
  try {
    await run('apt-get', ['update', '-qq'], options);
    await run(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'],
      options,
    );
  } catch (error) {
    process.stderr.write(`redis-server could not be installed: ${(error as Error).message}\n`);
  }
  return installedRedis();
}
