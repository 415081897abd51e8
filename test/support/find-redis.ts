import { findBinary, leaveOut } from './find-binary.js';
import type { RedisForTests } from './provided.js';

const REDIS = { names: ['redis-server', 'valkey-server'], debianPackage: 'redis-server' };

/**
 * Finds `REDIS_URL`, or a `redis-server` on this machine, which root on Debian installs if it is missing.
 *
 * @throws Error when neither can be had and `CI=true`
 */
export async function findRedis(): Promise<RedisForTests> {
  const url = process.env.REDIS_URL || undefined;
  const binary = await findBinary(url ? { ...REDIS, debianPackage: undefined } : REDIS);
  if (!url && !binary) leaveOut('The Redis suites', 'Set REDIS_URL, or install redis-server.');
  return { url, binary };
}
