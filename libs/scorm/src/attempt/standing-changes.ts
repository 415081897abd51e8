import { hasScore, type Standing } from './standing.js';

const SCORES = ['scoreScaled', 'scoreRaw', 'scoreMin', 'scoreMax'] as const;
const PROGRESS = ['successStatus', 'progressMeasure', 'location', ...SCORES] as const;

/** Whether anything differs that a learner would see. `unknown` is what SCORM 1.2 calls `not attempted`. */
export function hasProgressed(last: Standing, now: Standing): boolean {
  const isCompletionChanged = begunStatus(last) !== begunStatus(now);
  return isCompletionChanged || PROGRESS.some((field) => last[field] !== now[field]);
}

/** Whether there is a score, and it or what it means differs. */
export function isScoredAnew(last: Standing, now: Standing): boolean {
  if (!hasScore(now)) return false;
  return [...SCORES, 'successStatus' as const].some((field) => last[field] !== now[field]);
}

/**
 * Completed; or passed, unless the SCO says that there is more to do. The two statuses are independent of each other
 * (SCORM 2004 RTE 4.2.22), and many SCOs set only the one that they care for.
 */
export function provesCompletion({ completionStatus, successStatus }: Standing): boolean {
  if (completionStatus === 'completed') return true;
  return successStatus === 'passed' && completionStatus !== 'incomplete';
}

function begunStatus({ completionStatus }: Standing): string {
  return completionStatus === 'not attempted' ? 'unknown' : completionStatus;
}
