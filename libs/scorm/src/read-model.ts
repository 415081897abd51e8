import {
  COMPLETION_STATUSES,
  CREDITS,
  ENTRIES,
  hundredthsOf,
  LESSON_STATUSES,
  MODES,
  SUCCESS_STATUSES,
} from '@schoolbell/catalogue';
import type { CmiCommit } from './cmi-commit.js';
import type { CmiSource } from './cmi-source.js';
import { readScores } from './read-scores.js';
import { realNumber } from './real-number.js';

/** What a commit says of the SCO itself: all but the envelope around the data model. */
export type Model = Omit<CmiCommit, 'sequence' | 'scoId' | 'terminate'>;

/** Longer than any session of a learner; beyond it a duration is as good as none. */
const MAX_HUNDREDTHS = 100 * 365 * 24 * 360_000;

/** `cmi.location` of SCORM 2004: players keep at least 1000 characters (RTE 4.2.12); SCORM 1.2 has 255. */
const MAX_LOCATION = 1000;

const LESSON_STATUS_NAMES = Object.keys(LESSON_STATUSES) as (keyof typeof LESSON_STATUSES)[];

/** SCORM 1.2 RTE 3.4.2: `cmi.core` and `cmi.student_data`, in the words of SCORM 2004. */
export function readScorm12(cmi: CmiSource): Model {
  const lessonStatus = wordOf(cmi.read('core.lesson_status'), LESSON_STATUS_NAMES);
  const unknown = { completionStatus: 'unknown', successStatus: 'unknown' } as const;
  return {
    standard: '1.2',
    ...(lessonStatus === undefined ? unknown : LESSON_STATUSES[lessonStatus]),
    lessonStatus,
    ...readScores((name) => cmi.read(`core.score.${name}`)),
    location: locationOf(cmi.read('core.lesson_location')),
    mode: wordOf(cmi.read('core.lesson_mode'), MODES) ?? 'normal',
    credit: wordOf(cmi.read('core.credit'), CREDITS) ?? 'credit',
    entry: wordOf(cmi.read('core.entry'), ENTRIES),
    sessionTime: timeOf(cmi.read('core.session_time')),
    totalTime: timeOf(cmi.read('core.total_time')),
    masteryScore: realNumber(cmi.read('student_data.mastery_score'), 0, 100),
  };
}

/** SCORM 2004 4th Edition, RTE 4.2. */
export function readScorm2004(cmi: CmiSource): Model {
  return {
    standard: '2004',
    completionStatus: wordOf(cmi.read('completion_status'), COMPLETION_STATUSES) ?? 'unknown',
    successStatus: wordOf(cmi.read('success_status'), SUCCESS_STATUSES) ?? 'unknown',
    progressMeasure: realNumber(cmi.read('progress_measure'), 0, 1),
    ...readScores((name) => cmi.read(`score.${name}`)),
    location: locationOf(cmi.read('location')),
    mode: wordOf(cmi.read('mode'), MODES) ?? 'normal',
    credit: wordOf(cmi.read('credit'), CREDITS) ?? 'credit',
    entry: wordOf(cmi.read('entry'), ENTRIES),
    sessionTime: timeOf(cmi.read('session_time')),
    totalTime: timeOf(cmi.read('total_time')),
    completionThreshold: realNumber(cmi.read('completion_threshold'), 0, 1),
    scaledPassingScore: realNumber(cmi.read('scaled_passing_score'), -1, 1),
  };
}

function wordOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

function timeOf(value: unknown): number | undefined {
  const hundredths = typeof value === 'string' ? hundredthsOf(value) : undefined;
  return hundredths !== undefined && hundredths <= MAX_HUNDREDTHS ? hundredths : undefined;
}

function locationOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return value.slice(0, MAX_LOCATION).toWellFormed();
}
