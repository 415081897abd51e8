import { useCallback } from 'react';
import { useKept } from '../../app/use-kept.ts';
import type { StoryEvent } from './sessions.ts';
import type { Retried } from './verdict/verdict-of-retried.ts';

/** The deliveries that were sent again from a story's verdict: the verdict stays about them, also for users who leave and return. */
export function useRetried(all: readonly StoryEvent[], subject: string) {
  const [retried, keep] = useKept<Retried | null>('retried', subject, null);
  const pin = useCallback(
    (ids: readonly string[]) => {
      const event = all.find(({ deliveries }) => deliveries.some(({ id }) => ids.includes(id)));
      if (!event) return;
      const before = event.deliveries.filter(({ id }) => ids.includes(id));
      keep({ eventId: event.id, before: new Map(before.map((one) => [one.id, one])) });
    },
    [all, keep],
  );
  const unpin = useCallback(() => keep(null), [keep]);
  return { retried: retried ?? undefined, pin, unpin };
}
