import { useEffect, useMemo } from 'react';
import { inZone } from '../../ui/instants.ts';
import { visible } from '../../ui/visible.ts';
import { useNow } from '../../ui/use-now.ts';
import { useWebhooks, type WebhooksById } from '../events/use-webhooks.ts';
import { type StoryEvent, sessionsOf } from './sessions.ts';
import { nameIn } from './timeline/standing-chips.tsx';
import { useRetried } from './use-retried.ts';
import { type StorySubject, useStory } from './use-story.ts';
import { tellStory, type ToldStory } from './verdict/verdict-of-story.ts';

/** Of today the time alone: "at 14:03:12". */
function at(instant: string): string {
  const [day, time] = [inZone(instant, 'day'), inZone(instant, 'time')];
  return day === inZone(new Date().toISOString(), 'day') ? `at ${time}` : `${day}, ${time}`;
}

interface Told
  extends
    Pick<ReturnType<typeof useStory>, 'id' | 'events'>,
    Pick<ReturnType<typeof useRetried>, 'pin' | 'unpin'> {
  /** Undefined until events and refused posts are both known: a verdict is not taken back. */
  story: ToldStory | undefined;
  /** What is loaded so far, newest first. */
  all: readonly StoryEvent[];
  webhooks: WebhooksById | undefined;
}

/** The story of a subject, told. */
export function useTold(subject: StorySubject): Told {
  const { id, events, rejections } = useStory(subject);
  const { webhooks, isSettled, refetch } = useWebhooks();
  const now = useNow();
  const all = useMemo(() => events.data?.pages.flatMap(({ data }) => data) ?? [], [events.data]);
  // Set up since the others were asked for, or deleted: asked once.
  const hasUnknown =
    webhooks !== undefined &&
    all.some(({ deliveries }) => deliveries.some(({ webhookId }) => !webhooks.has(webhookId)));
  useEffect(() => {
    if (hasUnknown) void refetch();
  }, [hasUnknown, refetch]);
  const { retried, pin, unpin } = useRetried(all, JSON.stringify(subject));
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
        },
        retried,
      )
    : undefined;
  return { id, events, story, all, webhooks, pin, unpin };
}
