import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { counted } from '../../../ui/numbers.ts';
import type { WebhooksById } from '../../events/use-webhooks.ts';
import { webhookName } from '../../../ui/webhook-name.ts';
import type { StoryEvent } from '../sessions.ts';
import { DeliveryChip, UnwantedChip } from './standing-chip.tsx';
import { WhyNot } from './why-not.tsx';

/** Further webhooks that did not want the event are only counted, but not a single one: its chip takes as much space. */
const MOST_UNWANTED = 3;

interface StandingChipsProps {
  event: StoryEvent;
  webhooks: WebhooksById | undefined;
}

/** The state of an event at each webhook, one mark each. */
export function StandingChips({ event, webhooks }: StandingChipsProps) {
  const [asked, setAsked] = useState<string>();
  const { shown, hidden } = standingsOf(event);
  const got = new Set(shown.map(({ webhookId }) => webhookId));
  // If more deliveries exist than are listed, it is unknown which webhooks got none.
  const without =
    hidden > 0 ? [] : [...(webhooks?.values() ?? [])].filter(({ id }) => !got.has(id));
  const told = without.slice(0, without.length === MOST_UNWANTED + 1 ? undefined : MOST_UNWANTED);
  const more = without.length - told.length + hidden;
  return (
    <span className="flex min-w-0 flex-wrap gap-1.5">
      {shown.map((delivery) => (
        <DeliveryChip
          key={delivery.id}
          delivery={delivery}
          name={nameIn(webhooks, delivery.webhookId)}
        />
      ))}
      {told.map((webhook) => (
        <UnwantedChip
          key={webhook.id}
          name={webhookName(webhook)}
          onAsk={() => setAsked(webhook.id)}
        />
      ))}
      {more > 0 && (
        <Link
          to="/events/$eventId"
          params={{ eventId: event.id }}
          className="inline-flex h-6 items-center rounded px-1 text-xs text-muted hover:underline"
        >
          {counted(more, 'more webhook')}
        </Link>
      )}
      {asked !== undefined && (
        <WhyNot event={event} webhookId={asked} onClose={() => setAsked(undefined)} />
      )}
    </span>
  );
}

/** The newest delivery to each webhook, and how many deliveries the list leaves out. */
function standingsOf({ deliveries, deliveryCounts }: StoryEvent) {
  const newest = new Map(deliveries.map((delivery) => [delivery.webhookId, delivery]));
  const all = Object.values(deliveryCounts).reduce((sum, times) => sum + times, 0);
  return { shown: [...newest.values()], hidden: Math.max(0, all - deliveries.length) };
}

/** The webhook's name. An unknown one was deleted; until the webhooks are loaded, the id stands in. */
export function nameIn(webhooks: WebhooksById | undefined, webhookId: string): string {
  const webhook = webhooks?.get(webhookId);
  if (webhook) return webhookName(webhook);
  return webhooks ? 'A deleted webhook' : webhookId;
}
