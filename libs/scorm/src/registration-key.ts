/**
 * What the attempts of a session are counted by: the registration, else the session itself, so that a learner who does
 * a course anew each year completes it each year.
 */
export function registrationKeyOf(session: { sessionId: string; registrationId?: string }): string {
  const { sessionId, registrationId } = session;
  return registrationId === undefined ? `s:${sessionId}` : `r:${registrationId}`;
}
