import type { EventData, EventSubject } from '../event-data.js';
import { isId } from '../fields/id.js';

/**
 * The runtime's ids in an event's data, whatever its type. A field of that name that the type does not know
 * counts too if it is an id.
 */
export function subjectOf(data: EventData): EventSubject {
  const subject: EventSubject = {};
  const { sessionId, packageId, dispatchId } = data;
  const learnerId = learnerIn(data['learnerId']) ?? learnerIn(data['userId']);
  if (isId(sessionId)) subject.sessionId = sessionId;
  if (isId(packageId)) subject.packageId = packageId;
  if (isId(dispatchId)) subject.dispatchId = dispatchId;
  if (learnerId !== undefined) subject.learnerId = learnerId;
  return subject;
}

/** Types of one's own may number learners: who asks to be forgotten is found by the number, too. */
function learnerIn(value: unknown): string | undefined {
  if (isId(value)) return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
