import type { CmiCommit } from '../cmi-commit.js';

/**
 * What a learner does counts only in mode normal and for credit: otherwise they browse before they take the course, or
 * review it afterwards (SCORM 1.2 RTE 3.4, `cmi.core.credit` and `cmi.core.lesson_mode`; SCORM 2004 RTE 4.2.6 and 4.2.16).
 */
export function isForCredit({ mode, credit }: Pick<CmiCommit, 'mode' | 'credit'>): boolean {
  return mode === 'normal' && credit === 'credit';
}
