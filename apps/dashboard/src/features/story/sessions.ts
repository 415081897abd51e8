import type { ListedEventDocument } from '@schoolbell/api-client';

export type StoryEvent = ListedEventDocument;

/** The events of one session of a learner, or those without a session. */
export interface StorySession {
  /** Undefined for events without one. */
  sessionId: string | undefined;
  /** Oldest first. */
  events: readonly StoryEvent[];
  launched: StoryEvent | undefined;
  /** The newest. */
  completed: StoryEvent | undefined;
}

/** The package that a session is about, if its events name one. */
export const packageOf = ({ completed, events }: StorySession): string | null =>
  (completed ?? events[0]!).packageId;

/**
 * The events of a story by session, the session with the newest event first.
 *
 * @param events newest first, as the API lists them
 * @param session the session that the story is about, if it is about one
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
