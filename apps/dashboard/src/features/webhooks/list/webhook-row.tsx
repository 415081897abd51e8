import type { WebhookDocument } from '@schoolbell/api-client';
import { Link } from '@tanstack/react-router';
import { Td } from '../../../ui/table.tsx';
import { WebhookHealthBadge } from '../../../ui/webhook-health.tsx';
import { pauseInWords } from '../pause-in-words.ts';
import { FORMATS } from '../settings/webhook-formats.ts';
import { webhookName } from '../../../ui/webhook-name.ts';
import { SuccessRate } from './success-rate.tsx';

export function WebhookRow({ webhook }: { webhook: WebhookDocument }) {
  const { id, url, description, format, events, health } = webhook;
  return (
    <tr className="relative hover:bg-hover">
      <Td from="sm" className="align-top">
        <WebhookHealthBadge health={health} />
      </Td>
      <Td className="w-full max-w-0 min-w-44 max-sm:pl-3">
        {/* On a phone there is no room for a column. */}
        <span className="mb-0.5 block sm:hidden">
          <WebhookHealthBadge health={health} />
        </span>
        <Link
          to="/webhooks/$webhookId"
          params={{ webhookId: id }}
          title={description || url}
          // The whole row belongs to the link.
          className="block truncate font-medium after:absolute after:inset-0"
        >
          <bdi>{webhookName(webhook)}</bdi>
        </Link>
        <span title={url} className="block truncate font-mono text-xs text-muted">
          <bdi>{url}</bdi>
        </span>
        <Trouble webhook={webhook} />
      </Td>
      <Td from="sm" className="align-top whitespace-nowrap">
        {FORMATS[format].title}
      </Td>
      <Td from="lg" className="align-top">
        <Events events={events} />
      </Td>
      <Td numeric className="align-top">
        <SuccessRate webhookId={id} />
      </Td>
    </tr>
  );
}

function Events({ events }: Pick<WebhookDocument, 'events'>) {
  const [first, ...others] = events;
  if (events.includes('*')) return 'Everything';
  return (
    <span title={events.join('\n')} className="block max-w-60 truncate leading-5">
      <span className="font-mono text-xs">{first}</span>
      {others.length > 0 && <span className="text-xs text-muted"> and {others.length} more</span>}
    </span>
  );
}

/** Why it is paused, or how many times in a row it failed. */
function Trouble({
  webhook: { pause, health, consecutiveFailures },
}: {
  webhook: WebhookDocument;
}) {
  if (pause) {
    const words = pauseInWords(pause);
    return (
      <span title={words} className="block truncate text-sm text-held">
        {words}
      </span>
    );
  }
  if (health !== 'failing') return null;
  const times =
    consecutiveFailures === 1
      ? 'The last attempt failed.'
      : `The last ${consecutiveFailures} attempts failed.`;
  return (
    <span className="block truncate text-sm text-bad">
      {consecutiveFailures === 0 ? 'Many of its attempts failed lately.' : times}
    </span>
  );
}
