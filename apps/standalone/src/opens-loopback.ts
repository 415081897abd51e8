import type { Environment } from '@schoolbell/config';

/** Set, even to nothing, EGRESS_ALLOW says what is open; unset, a receiver on this machine is. */
export function opensLoopback(env: Environment): string {
  return env.EGRESS_LOOPBACK ?? String(env.EGRESS_ALLOW === undefined);
}
