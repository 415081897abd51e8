import type { ScoState } from './attempt-state.js';
import type { CmiCommit } from './cmi-commit.js';

/** What was spent before a launch: what all older ones took, as far as their commits arrived. */
export function timeBefore(sco: ScoState, launch: number): number {
  return launch > sco.launch ? sco.totalTime : sco.totalTimeBefore;
}

/**
 * Time of all launches after a commit, hundredths of a second. `session_time` is that of its launch alone and often zero
 * until its end; `total_time`, which players compute at the end, may know of launches that we do not.
 */
export function totalTimeOf(sco: ScoState, commit: CmiCommit, launch: number): number {
  const { sessionTime = 0, totalTime = 0 } = commit;
  const known = sessionTime > 0 ? timeBefore(sco, launch) + sessionTime : sco.totalTime;
  return Math.max(known, totalTime);
}

/** The same for a commit that came too late to count: a newer one may know of more time. */
export function totalTimeOfLate(sco: ScoState, commit: CmiCommit): number {
  const { sessionTime = 0, totalTime = 0 } = commit;
  return Math.max(sco.totalTime, sessionTime, totalTime);
}
