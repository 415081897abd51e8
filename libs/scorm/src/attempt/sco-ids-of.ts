import { launchedScoId } from './launched-sco-id.js';

/**
 * The SCOs that commits of a launch may be of, for `openLaunch`: those of the package, and the one that a commit is of
 * which names none of these.
 */
export function scoIdsOf(launch: { scoId?: string; scos?: readonly string[] }): string[] {
  return [...new Set([...(launch.scos ?? []), launchedScoId(launch)])];
}
