import type { EventToSend } from '../../contract/event-to-send.js';
import { completionTime, enrollmentOf } from '../../values/enrollment.js';
import { receiverId } from '../../values/receiver-id.js';
import { dateTime } from './date-time.js';

/** What Docebo calls an event, and what it tells of it besides `fired_at`. */
export interface Message {
  readonly event: string;
  payload(event: EventToSend): object;
}

const enrollmentCompleted: Message = {
  event: 'course.enrollment.completed',
  payload: (event) => ({
    ...idsOf(event),
    completion_date: dateTime(completionTime(event)),
    status: 'completed',
    ...namesOf(event),
  }),
};

const enrollmentCreated: Message = {
  event: 'course.enrollment.created',
  payload: (event) => ({
    ...idsOf(event),
    enrollment_date: dateTime(event.occurredAt),
    status: 'subscribed',
    ...namesOf(event),
    subscribed_by_id: receiverId(event.data.adminId),
  }),
};

const userCreated: Message = {
  event: 'user.created',
  payload: ({ data: { userId, learner }, occurredAt }) => ({
    user_id: receiverId(userId),
    username: learner?.email,
    first_name: learner?.firstName,
    last_name: learner?.lastName,
    email: learner?.email,
    creation_date: dateTime(occurredAt),
  }),
};

const courseUpdated: Message = {
  event: 'course.updated',
  payload: ({ data: { packageId, title }, occurredAt }) => ({
    course_id: receiverId(packageId),
    name: title,
    type: 'elearning',
    update_date: dateTime(occurredAt),
  }),
};

/** By event type: whatever Docebo has a name for. A package is a course to Docebo. */
export const MESSAGES: ReadonlyMap<string, Message> = new Map([
  ['session.completed', enrollmentCompleted],
  ['enrollment.completed', enrollmentCompleted],
  ['enrollment.created', enrollmentCreated],
  ['user.created', userCreated],
  ['package.updated', courseUpdated],
]);

function idsOf(event: EventToSend): object {
  const { userId, courseId } = enrollmentOf(event);
  return { user_id: receiverId(userId), course_id: receiverId(courseId) };
}

/** Docebo's username is by default the e-mail address. Events are about learners: its level `student`. */
function namesOf({ data: { learner, course } }: EventToSend): object {
  return {
    level: 'student',
    username: learner?.email,
    course_name: course?.title,
    course_code: course?.code,
  };
}
