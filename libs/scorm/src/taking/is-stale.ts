import type { ScoState } from '../attempt/attempt-state.js';

/**
 * Whether something newer of the SCO was counted already: a newer launch, or the same launch with this sequence or a
 * later one. Without sequences commits count in the order in which they arrive.
 */
export function isStale(sco: ScoState, launch: number, sequence: number | undefined): boolean {
  if (launch < Math.max(sco.newestLaunch, sco.launch)) return true;
  if (launch > sco.launch) return false;
  return sequence !== undefined && sequence <= (sco.lastSequence ?? -1);
}
