import { CREDITS, LESSON_STATUSES, MODES, type LessonStatus } from '@schoolbell/catalogue';
import type { CmiCommit } from '../cmi-commit.js';
import type { CmiSource } from './cmi-source.js';
import { locationOf, timeOf, wordOf } from './cmi-values.js';
import { readScores, type WrittenScores } from './read-scores.js';
import { realNumber } from './real-number.js';

const LESSON_STATUS_NAMES = Object.keys(LESSON_STATUSES) as LessonStatus[];

/** `cmi.core` and `cmi.student_data` of SCORM 1.2 (RTE 3.4), in the words of SCORM 2004. */
export function readScorm12(cmi: CmiSource): Omit<CmiCommit, 'terminate'> {
  const lessonStatus = wordOf(cmi.read('core.lesson_status'), LESSON_STATUS_NAMES);
  const statuses = lessonStatus && LESSON_STATUSES[lessonStatus];
  return {
    standard: '1.2',
    completionStatus: statuses?.completionStatus ?? 'unknown',
    successStatus: statuses?.successStatus ?? 'unknown',
    lessonStatus,
    ...readScores(scoresOf(cmi)),
    location: locationOf(cmi.read('core.lesson_location')),
    mode: wordOf(cmi.read('core.lesson_mode'), MODES) ?? 'normal',
    credit: wordOf(cmi.read('core.credit'), CREDITS) ?? 'credit',
    sessionTime: timeOf(cmi.read('core.session_time')),
    totalTime: timeOf(cmi.read('core.total_time')),
    masteryScore: realNumber(cmi.read('student_data.mastery_score'), 0, 100),
  };
}

function scoresOf(cmi: CmiSource): WrittenScores {
  const read = (name: string) => cmi.read(`core.score.${name}`);
  // SCORM 1.2 has no scaled score.
  return { scaled: undefined, raw: read('raw'), min: read('min'), max: read('max') };
}
