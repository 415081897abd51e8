import type { AttemptState, ScoState } from './attempt-state.js';
import { scoStateOf } from './sco-state-of.js';

/**
 * A learner opens the attempt once more: the launch is the newest of each SCO that it names, and what older launches
 * still commit is stale from now on.
 *
 * @param scoIds see `scoIdsOf`; `[""]` where the launch names none
 * @returns the attempt after it, and the number of the launch
 */
export function openLaunch(
  attempt: AttemptState,
  scoIds: readonly string[],
): { attempt: AttemptState; launch: number } {
  const launch = attempt.launches + 1;
  const opened = scoIds.map((scoId): [string, ScoState] => [
    scoId,
    { ...scoStateOf(attempt, scoId), newestLaunch: launch },
  ]);
  const scos = { ...attempt.scos, ...Object.fromEntries(opened) };
  return { attempt: { ...attempt, launches: launch, scos }, launch };
}
