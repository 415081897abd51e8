import type { EventToSend } from '../../contract/event-to-send.js';
import { completionTime, enrollmentOf } from '../../values/enrollment.js';
import { hasPassed } from '../../values/has-passed.js';
import { wholePercent } from '../../values/percent.js';
import { receiverId } from '../../values/receiver-id.js';
import { unixSeconds } from '../../values/unix-seconds.js';

/** What Adobe calls an event, and its `data`. */
interface AlmEvent {
  eventName: string;
  data: object;
}

/** Everything that this format sends about is a course to Adobe. */
const COURSE = 'course';

/** By event type. */
const EVENTS: Readonly<Record<string, (event: EventToSend) => AlmEvent>> = {
  'session.progress': (event) => ({
    eventName: 'LEARNER_PROGRESS',
    data: { ...subjectOf(event), progressPercent: wholePercent(event.data.progressMeasure!) },
  }),
  'session.completed': completed,
  'enrollment.completed': completed,
  'enrollment.created': (event) => ({
    eventName: nameOf('COURSE_ENROLLMENT', event),
    data: {
      ...subjectOf(event),
      enrollmentSource: enrollmentSource(event),
      dateEnrolled: unixSeconds(event.occurredAt),
    },
  }),
  'package.updated': ({ data }) => ({
    eventName: 'LEARNING_OBJECT_MODIFICATION',
    data: { loId: courseLoId(data.packageId), loType: COURSE },
  }),
};

export const EVENT_TYPES: readonly string[] = Object.keys(EVENTS);

/** @param event of one of {@link EVENT_TYPES} */
export function almEvent(event: EventToSend): AlmEvent {
  return EVENTS[event.type]!(event);
}

function completed(event: EventToSend): AlmEvent {
  return {
    eventName: nameOf('COURSE_COMPLETED', event),
    data: {
      ...subjectOf(event),
      enrollmentSource: enrollmentSource(event),
      dateCompleted: unixSeconds(completionTime(event)),
      hasPassed: hasPassed(event.data),
    },
  };
}

/** An enrollment is an instance of the course: `course:<course>_<enrollment>`. */
function subjectOf(event: EventToSend): object {
  const { enrollmentId, userId, courseId } = enrollmentOf(event);
  const loId = courseLoId(courseId);
  return {
    userId: receiverId(userId),
    loId,
    loInstanceId: loId && enrollmentId && `${loId}_${enrollmentId}`,
    loType: COURSE,
  };
}

function courseLoId(courseId: string | undefined): string | undefined {
  return courseId && `${COURSE}:${courseId}`;
}

/** To Adobe, `_BATCH` means that an admin did it. */
function nameOf(eventName: string, event: EventToSend): string {
  return isByAdmin(event) ? `${eventName}_BATCH` : eventName;
}

function enrollmentSource(event: EventToSend): string {
  return isByAdmin(event) ? 'ADMIN_ENROLL' : 'SELF_ENROLL';
}

function isByAdmin({ data }: EventToSend): boolean {
  return data.source === 'admin';
}
