import type { EventToSend } from '../../contract/event-to-send.js';
import type { KnownData } from '../../contract/known-data.js';
import { completionTime, enrollmentOf } from '../../values/enrollment.js';
import { hasPassed } from '../../values/has-passed.js';
import { receiverId } from '../../values/receiver-id.js';
import { scorePercent } from '../../values/score-percent.js';

/** Who completed which course, and how. */
export function courseCompletion(event: EventToSend): object {
  return { user: user(event), course: course(event), certificate: certificate(event.data) };
}

function user(event: EventToSend): object {
  const { userId } = enrollmentOf(event);
  const { learner } = event.data;
  return {
    id: receiverId(userId),
    email: learner?.email,
    first_name: learner?.firstName,
    last_name: learner?.lastName,
    external_id: learner?.externalId,
  };
}

function course(event: EventToSend): object {
  const { courseId } = enrollmentOf(event);
  const { data } = event;
  return {
    id: receiverId(courseId),
    title: data.course?.title,
    code: data.course?.code,
    completion_date: completionTime(event).toISOString(),
    score: scorePercent(data),
    passed: hasPassed(data),
  };
}

function certificate({ certificate: given }: KnownData): object | undefined {
  return given && { issued: given.issued, expiry_date: given.expiryDate };
}
