import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findBinary, leaveOut } from './find-binary.js';
import type { RedisForTests } from './provided.js';

const REDIS = { names: ['redis-server', 'valkey-server'], debianPackage: 'redis-server' };
const VALKEY = { names: ['valkey-server'], debianPackage: 'valkey-server' };

/**
 * `REDIS_URL`, or a `redis-server` of this machine, which root on Debian installs when it is missing; and a
 * `valkey-server`, where this Debian has one.
 *
 * @throws Error when there is no Redis and `CI=true`
 */
export async function findRedis(): Promise<RedisForTests> {
  const url = process.env.REDIS_URL || undefined;
  const binary = await findBinary(url ? { ...REDIS, debianPackage: undefined } : REDIS);
  if (!url && !binary) leaveOut('The Redis suites', 'Set REDIS_URL, or install redis-server.');
  return { url, binary, valkey: await findValkey() };
}

async function findValkey(): Promise<string | undefined> {
  const isKnown = await promisify(execFile)('apt-cache', ['show', VALKEY.debianPackage]).then(
    () => true,
    () => false,
  );
  const binary = await findBinary(isKnown ? VALKEY : { ...VALKEY, debianPackage: undefined });
  if (!binary) process.stderr.write('Nothing is run on Valkey: there is no valkey-server here.\n');
  return binary;
}
