import type { EventData } from '../event-data.js';
import { LESSON_STATUSES, type LessonStatus } from '../scorm/status.js';

/**
 * Puts the two statuses of SCORM 2004 in the place of SCORM 1.2's `lessonStatus`. A status that the runtime
 * gives itself is the better witness and stays.
 */
export function lessonStatusMapped(data: EventData): EventData {
  if (data['lessonStatus'] === undefined) return data;
  const { lessonStatus, ...rest } = data;
  const mapped = LESSON_STATUSES[lessonStatus as LessonStatus];
  return {
    ...rest,
    completionStatus: rest['completionStatus'] ?? mapped.completionStatus,
    successStatus: rest['successStatus'] ?? mapped.successStatus,
  };
}
