import type { AttemptState, ScoState } from './attempt-state.js';
import { NO_STANDING } from './standing.js';

/**
 * A learner opens the attempt once more: the launch is the newest of each SCO that it names, and what older launches
 * still commit is stale from now on.
 *
 * @param scoIds the SCOs of the launch; `[""]` where it names none
 * @returns the attempt after it, and the number of the launch
 */
export function openLaunch(
  attempt: AttemptState,
  scoIds: readonly string[],
): { attempt: AttemptState; launch: number } {
  const launch = attempt.launches + 1;
  const opened = scoIds.map((scoId) => [
    scoId,
    { ...scoStateOf(attempt, scoId), newestLaunch: launch },
  ]);
  const scos = { ...attempt.scos, ...Object.fromEntries(opened) };
  return { attempt: { ...attempt, launches: launch, scos }, launch };
}

/** The state of a SCO in an attempt, also of one that nothing is known of yet. */
export function scoStateOf(attempt: AttemptState, scoId: string): ScoState {
  // An id may be `constructor`.
  return Object.hasOwn(attempt.scos, scoId) ? attempt.scos[scoId]! : NEW_SCO;
}

const NEW_SCO: ScoState = {
  ...NO_STANDING,
  newestLaunch: 0,
  launch: 0,
  totalTime: 0,
  totalTimeBefore: 0,
  done: false,
};
