import type { EventToSend } from '../../contract/event-to-send.js';
import { completionTime, enrollmentOf } from '../../values/enrollment.js';
import { receiverId } from '../../values/receiver-id.js';
import { scorePercent } from '../../values/score-percent.js';

/** One `course_completion`. LearnUpon's username is by default the e-mail address. */
export function courseCompletion(event: EventToSend): object {
  const { data } = event;
  const { enrollmentId, userId, courseId } = enrollmentOf(event);
  return {
    enrollmentId: receiverId(enrollmentId),
    courseId: receiverId(courseId),
    courseName: data.course?.title,
    courseReferenceCode: data.course?.code,
    user: {
      userId: receiverId(userId),
      username: data.learner?.email,
      email: data.learner?.email,
    },
    enrollmentStatus: enrollmentStatus(data.successStatus),
    percentage: scorePercent(data),
    dateCompleted: toSeconds(completionTime(event)),
  };
}

function enrollmentStatus(successStatus: string | undefined): 'passed' | 'failed' | 'completed' {
  return successStatus === 'passed' || successStatus === 'failed' ? successStatus : 'completed';
}

function toSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}
