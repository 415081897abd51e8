import type { EventData, EventSubject } from '../event-data.js';
import { isId } from '../fields/id.js';

/**
 * The runtime's ids in an event's data, whatever its type. A field of that name that the type does not know
 * counts too if it is an id.
 */
export function subjectOf(data: EventData): EventSubject {
  const subject: EventSubject = {};
  const { sessionId, packageId, dispatchId } = data;
  const learnerId = data['learnerId'] ?? data['userId'];
  if (isId(sessionId)) subject.sessionId = sessionId;
  if (isId(packageId)) subject.packageId = packageId;
  if (isId(dispatchId)) subject.dispatchId = dispatchId;
  if (isId(learnerId)) subject.learnerId = learnerId;
  return subject;
}
