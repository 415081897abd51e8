import type { ScoState } from '../attempt/attempt-state.js';
import type { CmiCommit } from '../cmi-commit.js';

/** What was spent before a launch: what all older ones took, as far as their commits arrived. */
export function timeBefore(sco: ScoState, launch: number): number {
  return launch > sco.launch ? sco.totalTime : sco.totalTimeBefore;
}

/**
 * Time of all launches after a commit, hundredths of a second. `session_time` is that of its launch alone, and zero
 * until its end with many SCOs; `total_time`, which players compute at the end, may know of launches that we do not
 * (SCORM 1.2 RTE 3.4, `cmi.core.total_time`; SCORM 2004 RTE 4.2.21 and 4.2.25).
 * Time that was spent stays spent, whatever a later commit forgets.
 *
 * @param before what was spent before its launch; 0 where that is not known
 */
export function totalTimeOf(sco: ScoState, commit: CmiCommit, before: number): number {
  const { sessionTime = 0, totalTime = 0 } = commit;
  return Math.max(sco.totalTime, before + sessionTime, totalTime);
}
