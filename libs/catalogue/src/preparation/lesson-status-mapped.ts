import type { DataFault, EventData } from '../event-data.js';
import { LESSON_STATUSES, type LessonStatus } from '../scorm/status.js';
import type { MappingRules } from './step.js';

/**
 * Puts the two statuses of SCORM 2004 in the place of SCORM 1.2's `lessonStatus`. A status that the runtime
 * gives itself is the better witness and stays.
 */
export function lessonStatusMapped(
  data: EventData,
  _faults: DataFault[],
  rules: MappingRules,
): EventData {
  if (data['lessonStatus'] === undefined) return data;
  const { lessonStatus, ...rest } = data;
  const mapped = meaningOf(lessonStatus as LessonStatus, rules);
  return {
    ...rest,
    completionStatus: rest['completionStatus'] ?? mapped.completionStatus,
    successStatus: rest['successStatus'] ?? mapped.successStatus,
  };
}

function meaningOf(
  lessonStatus: LessonStatus,
  { completionOnFailed = false }: MappingRules,
): { completionStatus: string; successStatus: string } {
  const mapped = LESSON_STATUSES[lessonStatus];
  const completes = lessonStatus === 'failed' && completionOnFailed;
  return completes ? { ...mapped, completionStatus: 'completed' } : mapped;
}
