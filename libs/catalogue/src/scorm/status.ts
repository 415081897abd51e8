/** `cmi.completion_status` of SCORM 2004. */
export const COMPLETION_STATUSES = ['completed', 'incomplete', 'not attempted', 'unknown'] as const;

/** `cmi.success_status` of SCORM 2004. */
export const SUCCESS_STATUSES = ['passed', 'failed', 'unknown'] as const;

/** `cmi.core.lesson_status` of SCORM 1.2, and what it means in the two statuses of SCORM 2004. */
export const LESSON_STATUSES = {
  passed: { completionStatus: 'completed', successStatus: 'passed' },
  completed: { completionStatus: 'completed', successStatus: 'unknown' },
  failed: { completionStatus: 'incomplete', successStatus: 'failed' },
  incomplete: { completionStatus: 'incomplete', successStatus: 'unknown' },
  browsed: { completionStatus: 'incomplete', successStatus: 'unknown' },
  'not attempted': { completionStatus: 'not attempted', successStatus: 'unknown' },
} as const;

export type LessonStatus = keyof typeof LESSON_STATUSES;
