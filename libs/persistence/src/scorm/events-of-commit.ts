import { uuidV7 } from '@schoolbell/ids';
import { type IncomingCommit, type IncomingEvent } from '@schoolbell/delivery';
import {
  launchedData,
  scoIdOf,
  sessionData,
  type SessionIdentity,
  withoutAbsent,
} from '@schoolbell/scorm';
import type { LockedLaunch } from './locked-launch.js';

/**
 * Takes a commit into the attempt of its launch.
 *
 * @returns the events that follow, in their order
 */
export function eventsOfCommit(
  launch: LockedLaunch,
  { source, commit, acceptedAt, occurredAt = new Date(acceptedAt) }: IncomingCommit,
): IncomingEvent[] {
  const called = source.kind === 'server' ? source.session : undefined;
  // What the runtime's server says now counts, and where it says nothing, what it said first.
  const session = { ...launch.session, ...(called && withoutAbsent(called)) };
  const { scos } = session;
  const scoId = scoIdOf(commit, { called: called?.scoId, launched: launch.session.scoId, scos });
  launch.touch(commit.terminate);
  const facts = launch.attempt.take(commit, { launch: launch.number, scoId, scos });
  const identity = { ...session, attempt: launch.attempt.number };
  return facts.map((fact) => ({
    id: uuidV7(),
    type: fact.type,
    occurredAt,
    payload: JSON.stringify(sessionData(identity, fact)),
    ...ofSession(launch, identity),
  }));
}

/** The `session.launched` of a launch that is new. */
export function launchedEvent(
  launch: LockedLaunch,
  given: Pick<IncomingEvent, 'occurredAt' | 'idempotency'>,
): IncomingEvent {
  const identity = { ...launch.session, attempt: launch.attempt.number };
  return {
    id: launch.id,
    type: 'session.launched',
    occurredAt: given.occurredAt,
    payload: JSON.stringify(launchedData(identity)),
    ...ofSession(launch, identity),
    ...(given.idempotency && { idempotency: given.idempotency }),
  };
}

function ofSession(
  { attempt }: LockedLaunch,
  { sessionId, packageId, dispatchId, learnerId }: SessionIdentity,
): Pick<IncomingEvent, 'tenantId' | 'subject'> {
  return { tenantId: attempt.tenantId, subject: { sessionId, packageId, dispatchId, learnerId } };
}
