import { useCallback, useState } from 'react';
import type { StoryEvent } from './sessions.ts';
import type { Retried } from './verdict/verdict-of-retried.ts';

/** The events that were sent again from a story's verdict: the verdict stays about them until the user leaves. */
export function useRetried(all: readonly StoryEvent[], subject: string) {
  const [kept, setKept] = useState<{ subject: string; retried: Retried | undefined }>();
  const pin = useCallback(
    (ids: readonly string[]) => {
      const event = all.find(({ deliveries }) => deliveries.some(({ id }) => ids.includes(id)));
      if (!event) return;
      const attempts = event.deliveries
        .filter(({ id }) => ids.includes(id))
        .map(({ id, attemptCount }) => [id, attemptCount] as const);
      setKept({ subject, retried: { eventId: event.id, attempts: new Map(attempts) } });
    },
    [all, subject],
  );
  const unpin = useCallback(() => setKept(undefined), []);
  return { retried: kept?.subject === subject ? kept.retried : undefined, pin, unpin };
}
