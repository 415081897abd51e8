import type { Environment } from '@schoolbell/config';

/** EGRESS_ALLOW, even if empty, says what is open; if it is not set, receivers on this machine are. */
export function opensLoopback(env: Environment): string {
  return env.EGRESS_LOOPBACK ?? String(env.EGRESS_ALLOW === undefined);
}
