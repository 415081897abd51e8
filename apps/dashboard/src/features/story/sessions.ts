import type { ListedEventDocument } from '@schoolbell/api-client';

export type StoryEvent = ListedEventDocument;

/** The events of one session of a learner; or those that name no session. */
export interface StorySession {
  /** Undefined for events without one. */
  sessionId: string | undefined;
  /** Oldest first. */
  events: readonly StoryEvent[];
  launched: StoryEvent | undefined;
  /** The newest. */
  completed: StoryEvent | undefined;
}

/**
 * The events of a story by their sessions, the one with the newest event first.
 *
 * @param events newest first, as the API lists them
 * @param session the session that all of them are of, when the story is that of a session
 */
export function sessionsOf(events: readonly StoryEvent[], session?: string): StorySession[] {
  const groups = Map.groupBy(events, ({ sessionId }) => session ?? sessionId ?? undefined);
  return [...groups].map(([sessionId, newestFirst]) => ({
    sessionId,
    events: newestFirst.toReversed(),
    launched: newestFirst.findLast(({ type }) => type === 'session.launched'),
    completed: newestFirst.find(({ type }) => type === 'session.completed'),
  }));
}
