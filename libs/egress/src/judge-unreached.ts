import { setTimeout as sleep } from 'node:timers/promises';
import type { Reachability } from './reachability.js';

/** Of this machine: it has no network, or has run out of files or memory. */
const OWN_CODES = new Set(['ENETDOWN', 'EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);
/** Of the way to an address, which may be at either end. */
const WAY_CODES = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  // A packet filter on our side.
  'EPERM',
  'EACCES',
]);

/** How long a failure waits for other failures like it, or for an address that is reached. Milliseconds. */
const WAIT_MS = 500;

/**
 * Whether it is our failure that an address could not be connected to. When our network is cut off, a busy webhook
 * fails five times before another one fails once, so the verdict has to wait.
 *
 * @param since when connecting began
 */
export async function isOurFailure(
  reach: Reachability,
  address: string,
  since: number,
  cause: unknown,
): Promise<boolean> {
  const code = String((cause as { code?: unknown } | null)?.code ?? '');
  if (OWN_CODES.has(code)) return true;
  if (code === 'ECONNREFUSED') reach.reached(address);
  if (!WAY_CODES.has(code)) return false;
  reach.unreached(address);
  if (reach.isOurs(address, since)) return true;
  await sleep(WAIT_MS);
  return reach.isOurs(address, since);
}
