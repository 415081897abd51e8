import type { EventToSend } from '../../contract/event-to-send.js';
import type { RenderContext } from '../../contract/render-context.js';
import { durationSeconds } from '../../values/duration-seconds.js';
import { scorePercent } from '../../values/score-percent.js';
import { xapiRegistration } from '../../values/xapi-registration.js';

export type Registration = ReturnType<typeof registrationOf>;

/**
 * A registration's results as SCORM Cloud and Rustici Engine post them, without activities. A session that has
 * no registration stands for one. Rustici counts the attempts at a registration from 0.
 */
export function registrationOf(event: EventToSend, tenant: RenderContext['tenant']) {
  const { data, occurredAt } = event;
  const time = occurredAt.toISOString();
  return {
    id: data.registrationId ?? data.sessionId,
    instance: (data.attempt ?? 1) - 1,
    xapiRegistrationId: xapiRegistration(tenant.uuid, data),
    dispatchId: data.dispatchId,
    updated: time,
    registrationCompletion: completionOf(event),
    registrationCompletionAmount: data.progressMeasure,
    registrationSuccess: successOf(event),
    score: scoreOf(event),
    totalSecondsTracked: durationSeconds(data.totalTime),
    lastAccessDate: time,
    completedDate: event.type === 'session.completed' ? time : undefined,
    course: courseOf(event),
    learner: learnerOf(event),
  };
}

/** A session can be completed by being passed while its completion is unknown: it is COMPLETED all the same. */
function completionOf({ type, data }: EventToSend): 'COMPLETED' | 'INCOMPLETE' | 'UNKNOWN' {
  switch (data.completionStatus) {
    case 'completed':
      return 'COMPLETED';
    case 'incomplete':
      return 'INCOMPLETE';
    default:
      if (type === 'session.completed') return 'COMPLETED';
      return data.completionStatus === 'not attempted' ? 'INCOMPLETE' : 'UNKNOWN';
  }
}

function successOf({ data }: EventToSend): string | undefined {
  return data.successStatus?.toUpperCase();
}

function scoreOf({ data }: EventToSend): object | undefined {
  const scaled = scorePercent(data);
  return scaled === undefined ? undefined : { scaled };
}

/** A course of SCORM Cloud is an uploaded package. */
function courseOf({ data }: EventToSend) {
  return { id: data.packageId, title: data.course?.title, version: 0 };
}

function learnerOf({ data: { learnerId, learner } }: EventToSend) {
  return {
    id: learnerId,
    email: learner?.email,
    firstName: learner?.firstName,
    lastName: learner?.lastName,
  };
}
