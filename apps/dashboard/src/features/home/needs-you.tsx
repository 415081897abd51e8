import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { Card } from '../../ui/card.tsx';
import { Time } from '../../ui/time.tsx';
import { WebhookHealthBadge } from '../../ui/webhook-health.tsx';
import { webhookName } from '../../ui/webhook-name.ts';
import type { Need } from './needs.ts';

const MOST = 8;

/** The webhooks that need somebody, each with why and what to do; a row leads to its webhook, where it is resumed. */
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
    <li className="relative grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-3 hover:bg-hover sm:grid-cols-[5rem_1fr_auto]">
      <span className="hidden sm:block">
        <WebhookHealthBadge health={webhook.health} />
      </span>
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <span className="sm:hidden">
            <WebhookHealthBadge health={webhook.health} />
          </span>
          <Link
            to="/webhooks/$webhookId"
            params={{ webhookId: webhook.id }}
            title={webhook.url}
            className="min-w-0 truncate font-medium after:absolute after:inset-0"
          >
            <bdi>{webhookName(webhook)}</bdi>
          </Link>
        </div>
        <p className="text-sm break-words">
          {reason}
          {since !== undefined && (
            <span className="text-muted">
              , <Time at={since} />
            </span>
          )}
        </p>
        <p className="text-sm text-muted">{advice}</p>
      </div>
      <ChevronRight aria-hidden className="size-4 text-muted" />
    </li>
  );
}
