import type { EventToSend } from '../contract/event-to-send.js';

/** Who learned what, for receivers that think in enrollments. */
interface Enrollment {
  enrollmentId: string | undefined;
  userId: string | undefined;
  courseId: string | undefined;
}

/**
 * The enrollment that an event is about. A session is one of its learner for its course: the registration is
 * the enrollment, and a package without a course stands for the course itself.
 */
export function enrollmentOf({ type, data }: Pick<EventToSend, 'type' | 'data'>): Enrollment {
  if (!type.startsWith('session.')) {
    return { enrollmentId: data.enrollmentId, userId: data.userId, courseId: data.courseId };
  }
  return {
    enrollmentId: data.registrationId,
    userId: data.learnerId,
    courseId: data.course?.id ?? data.packageId,
  };
}

/** When the learner completed the course: as an enrollment reports it, else when the event occurred. */
export function completionTime({ type, data, occurredAt }: EventToSend): Date {
  const isReported = type === 'enrollment.completed' && data.completedAt !== undefined;
  return isReported ? new Date(data.completedAt!) : occurredAt;
}
