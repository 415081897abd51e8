import type { WebhookExplanationDocument } from '@schoolbell/api-client';
import { Link } from '@tanstack/react-router';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Section } from '../../ui/card.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useGrowingOnly } from '../../ui/use-growing-only.ts';
import { visible } from '../../ui/visible.ts';
import { StandingActions } from './standing-actions.tsx';
import { StandingBadge } from './standing-badge.tsx';
import { StandingWords } from './standing-words.tsx';
import { useStandings } from './use-standings.ts';
import { webhookName } from '../../ui/webhook-name.ts';

interface StandingsProps {
  event: { id: string; type: string };
}

/** The state of an event at each webhook of the tenant, its reason, and what can be done. */
export function Standings({ event }: StandingsProps) {
  const query = useStandings(event.id);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const standings = data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Section title="How it stands at each webhook">
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton className="h-28" label="Loading how it stands" />}
      {data && standings.length === 0 && <NoWebhooks />}
      {standings.length > 0 && (
        <ul className="-mx-4 -mb-4 min-h-32 divide-y divide-line border-t border-line">
          {standings.map((standing) => (
            <Standing key={standing.webhookId} event={event} standing={standing} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button
          className="mt-6"
          onClick={() => void fetchNextPage()}
          busy={isFetchingNextPage && 'Loading …'}
        >
          Show more webhooks
        </Button>
      )}
    </Section>
  );
}

function Standing({ event, standing }: StandingsProps & { standing: WebhookExplanationDocument }) {
  const name = visible(webhookName(standing));
  return (
    <li
      ref={useGrowingOnly<HTMLLIElement>()}
      aria-label={name}
      className="grid grid-cols-1 gap-x-4 gap-y-2 px-4 py-3 md:grid-cols-[8.5rem_1fr_auto]"
    >
      <div>
        <StandingBadge status={standing.status} />
      </div>
      <div className="min-w-0">
        <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <Link
            to="/webhooks/$webhookId"
            params={{ webhookId: standing.webhookId }}
            dir="auto"
            className="min-w-0 rounded font-medium break-words hover:underline"
          >
            {name}
          </Link>
          <span
            dir="ltr"
            className="min-w-0 truncate font-mono text-xs text-muted"
            title={visible(standing.url)}
          >
            {visible(standing.url)}
          </span>
        </p>
        <StandingWords standing={standing} />
      </div>
      <StandingActions event={event} standing={standing} />
    </li>
  );
}

/** As tall as the skeleton that it replaces. */
function NoWebhooks() {
  return (
    <div className="flex h-28 flex-col items-start justify-center gap-2 max-sm:h-auto">
      <p className="font-medium">There is no webhook</p>
      <p className="text-muted">
        The event is kept. Once you have a webhook, deliver the event to it from here.
      </p>
      <ButtonLink size="small" to="/webhooks/new">
        New webhook
      </ButtonLink>
    </div>
  );
}
