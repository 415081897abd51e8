const MINUTE_MS = 60_000;

/** A launch without a commit for so long is closed. */
const IDLE_MINUTES = 30;

interface LaunchTimes {
  openedAt: Date;
  /** To the minute. */
  lastCommitAt: Date | null;
  terminatedAt: Date | null;
}

/** When a launch was closed; null while it is open. Nothing is emitted then: a learner may come back to the page. */
export function closedAt(
  { openedAt, lastCommitAt, terminatedAt }: LaunchTimes,
  now: Date,
): Date | null {
  if (terminatedAt) return terminatedAt;
  const idleSince = (lastCommitAt ?? openedAt).getTime();
  const closed = new Date(idleSince + IDLE_MINUTES * MINUTE_MS);
  return closed <= now ? closed : null;
}
