import { useEffect, useMemo } from 'react';
import { inZone } from '../../ui/instants.ts';
import { visible } from '../../ui/visible.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWebhooks, type WebhooksById } from '../events/use-webhooks.ts';
import { type StoryEvent, sessionsOf } from './sessions.ts';
import { nameIn } from './timeline/standing-chips.tsx';
import { useRetried } from './use-retried.ts';
import { type StorySubject, useStory } from './use-story.ts';
import { lastTaken } from './verdict/telling.ts';
import { tellStory, type ToldStory } from './verdict/verdict-of-story.ts';

/** For moments of today, only the time: "at 14:03:12". */
function at(instant: string): string {
  const [day, time] = [inZone(instant, 'day'), inZone(instant, 'time')];
  return day === inZone(new Date().toISOString(), 'day') ? `at ${time}` : `${day}, ${time}`;
}

interface Told
  extends
    Pick<ReturnType<typeof useStory>, 'id' | 'events' | 'queryKey' | 'newest'>,
    Pick<ReturnType<typeof useRetried>, 'pin' | 'unpin'> {
  /** Undefined until events and refused posts are both known: a verdict must not be taken back. */
  story: ToldStory | undefined;
  /** The events loaded so far, newest first. */
  all: readonly StoryEvent[];
  webhooks: WebhooksById | undefined;
}

/** The story of a subject with its verdict. */
export function useTold(subject: StorySubject): Told {
  const { id, events, rejections, ...list } = useStory(subject);
  const { webhooks, isSettled, refetch } = useWebhooks();
  const now = useNow();
  const all = useMemo(() => events.data?.pages.flatMap(({ data }) => data) ?? [], [events.data]);
  // A webhook that was created since the list was read, or deleted: the list is read again, once.
  const hasUnknown =
    webhooks !== undefined &&
    all.some(({ deliveries }) => deliveries.some(({ webhookId }) => !webhooks.has(webhookId)));
  useEffect(() => {
    if (hasUnknown) void refetch();
  }, [hasUnknown, refetch]);
  const { retried, pin, unpin } = useRetried(all, JSON.stringify(subject));
  const taken = useMemo(() => lastTaken(all), [all]);
  const refused = rejections.data?.data ?? [];
  const isKnown = events.data && (rejections.data || rejections.error) && isSettled;
  const story = isKnown
    ? tellStory(
        sessionsOf(all, subject.sessionId),
        refused,
        {
          nameOf: (webhookId) => `“${visible(nameIn(webhooks, webhookId))}”`,
          webhooks: webhooks?.size,
          at,
          now: Math.max(now, Date.now()),
          tookAt: (webhookId) => taken.get(webhookId),
          failuresOf: (webhookId) => webhooks?.get(webhookId)?.consecutiveFailures ?? 0,
        },
        retried,
      )
    : undefined;
  return { id, events, ...list, story, all, webhooks, pin, unpin };
}
