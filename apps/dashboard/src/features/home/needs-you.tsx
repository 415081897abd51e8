import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Card } from '../../ui/card.tsx';
import { Time } from '../../ui/time.tsx';
import { WebhookHealthBadge } from '../../ui/webhook-health.tsx';
import { webhookName } from '../../ui/webhook-name.ts';
import type { Need } from './needs.ts';

/** More rows would push the figures out of sight. */
const MOST = 5;

/**
 * Webhooks that need attention, each with the reason and what to do; a row leads to its webhook, where it can be
 * resumed.
 */
export function NeedsYou({ needs }: { needs: Need[] }) {
  const more = needs.length - MOST;
  return (
    <Card aria-label="Webhooks that need you">
      <ul className="divide-y divide-line">
        {needs.slice(0, MOST).map((need) => (
          <NeedRow key={need.webhook.id} need={need} />
        ))}
        {more > 0 && (
          <li className="px-4 py-2.5 text-sm">
            <Link to="/webhooks" className="text-link hover:underline">
              {more} more
            </Link>
          </li>
        )}
      </ul>
    </Card>
  );
}

function NeedRow({ need: { webhook, reason, since, advice } }: { need: Need }) {
  return (
    <li className="relative grid grid-cols-[1fr_auto] items-center gap-x-4 px-4 py-2.5 hover:bg-hover lg:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_auto]">
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2.5">
          <WebhookHealthBadge health={webhook.health} />
          <Link
            to="/webhooks/$webhookId"
            params={{ webhookId: webhook.id }}
            title={`${webhookName(webhook)}\n${webhook.url}`}
            className="min-w-0 truncate font-medium after:absolute after:inset-0"
          >
            <bdi>{webhookName(webhook)}</bdi>
          </Link>
        </div>
        <p className="mt-0.5 text-sm break-words">
          {reason}
          {since !== undefined && (
            <span className="text-muted">
              , <Time at={since} />
            </span>
          )}
        </p>
      </div>
      <p className="col-start-1 text-sm text-pretty text-muted lg:col-start-2">{advice}</p>
      <ChevronRight
        aria-hidden
        className="col-start-2 row-span-2 row-start-1 size-4 text-muted lg:col-start-3"
      />
    </li>
  );
}
