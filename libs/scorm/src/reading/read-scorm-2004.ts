import { COMPLETION_STATUSES, CREDITS, MODES, SUCCESS_STATUSES } from '@schoolbell/catalogue';
import type { CmiCommit } from '../cmi-commit.js';
import type { CmiSource } from './cmi-source.js';
import { locationOf, timeOf, wordOf } from './cmi-values.js';
import { readScores, type WrittenScores } from './read-scores.js';
import { realNumber } from './real-number.js';

/** The data model of SCORM 2004 (4th Edition, RTE 4.2). */
export function readScorm2004(cmi: CmiSource): Omit<CmiCommit, 'terminate'> {
  return {
    standard: '2004',
    completionStatus: wordOf(cmi.read('completion_status'), COMPLETION_STATUSES) ?? 'unknown',
    successStatus: wordOf(cmi.read('success_status'), SUCCESS_STATUSES) ?? 'unknown',
    progressMeasure: realNumber(cmi.read('progress_measure'), 0, 1),
    ...readScores(scoresOf(cmi)),
    location: locationOf(cmi.read('location')),
    mode: wordOf(cmi.read('mode'), MODES) ?? 'normal',
    credit: wordOf(cmi.read('credit'), CREDITS) ?? 'credit',
    sessionTime: timeOf(cmi.read('session_time')),
    totalTime: timeOf(cmi.read('total_time')),
    completionThreshold: realNumber(cmi.read('completion_threshold'), 0, 1),
    scaledPassingScore: realNumber(cmi.read('scaled_passing_score'), -1, 1),
  };
}

function scoresOf(cmi: CmiSource): WrittenScores {
  const read = (name: string) => cmi.read(`score.${name}`);
  return { scaled: read('scaled'), raw: read('raw'), min: read('min'), max: read('max') };
}
