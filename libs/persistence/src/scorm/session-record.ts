import type { EventRecord, ScormSession } from '@schoolbell/delivery';
import type { AttemptState } from '@schoolbell/scorm';

/** What came of the commits of a session. */
export interface ScormSessionRecord {
  /** Those that were launched in the session, newest first; at most 100. */
  attempts: ScormAttemptRecord[];
  /** The newest of the session's events, newest last; at most 100. */
  events: EventRecord[];
  hasOlderEvents: boolean;
}

export interface ScormAttemptRecord {
  /** From 1. */
  attempt: number;
  state: AttemptState;
  /** To the minute, where a commit changed nothing; when it was opened, before its first one. */
  lastCommitAt: Date;
  /** Of each `session.completed` that was emitted, or is not to be, the SCO (`""`: the attempt as a whole) and when. */
  completions: { scoId: string; completedAt: Date }[];
  /** The session's launches of the attempt, newest first; at most 100 of the session. */
  launches: ScormLaunchRecord[];
}

export interface ScormLaunchRecord {
  id: string;
  /** The runtime's own id of the launch; `""` where it has none. */
  launchKey: string;
  /** Counted through the attempt from 1. */
  number: number;
  session: ScormSession;
  openedAt: Date;
  /** To the minute; null before the first one. */
  lastCommitAt: Date | null;
  /** When it was terminated, or had been without a commit for 30 minutes; null while it is open. */
  closedAt: Date | null;
  /** When its token ends; null if a server commits. */
  expiresAt: Date | null;
}
