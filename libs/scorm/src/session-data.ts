import type { SessionFact } from './session-fact.js';
import { withoutAbsent } from './without-absent.js';

/** Whose session it is, as the runtime knows it. */
export interface SessionIdentity {
  sessionId: string;
  packageId: string;
  learnerId: string;
  dispatchId?: string;
  registrationId?: string;
  /** From 1, which it is when absent. */
  attempt?: number;
  /** The SCO that the launch names. */
  scoId?: string;
  learner?: Record<string, unknown>;
  course?: Record<string, unknown>;
}

/** The `data` of `session.launched`. */
export function launchedData(session: SessionIdentity): Record<string, unknown> {
  return dataOf(session, { scoId: session.scoId });
}

/** The `data` of an event that follows from a commit. */
export function sessionData(session: SessionIdentity, fact: SessionFact): Record<string, unknown> {
  return dataOf(session, fact.data);
}

function dataOf(session: SessionIdentity, own: Record<string, unknown>): Record<string, unknown> {
  const { sessionId, packageId, learnerId, dispatchId, registrationId, attempt = 1 } = session;
  const { learner, course } = session;
  const ids = { sessionId, packageId, learnerId, dispatchId, registrationId, attempt };
  return withoutAbsent({ ...ids, ...own, learner, course });
}
