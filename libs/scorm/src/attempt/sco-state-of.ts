import type { AttemptState, ScoState } from './attempt-state.js';
import { NO_STANDING } from './standing.js';

/** Of a SCO that nothing is known of yet. */
export const NEW_SCO: ScoState = Object.freeze({
  ...NO_STANDING,
  newestLaunch: 0,
  launch: 0,
  totalTime: 0,
  totalTimeBefore: 0,
  done: false,
});

/** The state of a SCO in an attempt, {@link NEW_SCO} for a new one. */
export function scoStateOf({ scos }: AttemptState, scoId: string): ScoState {
  // An id may be `constructor`.
  return Object.hasOwn(scos, scoId) ? scos[scoId]! : NEW_SCO;
}
