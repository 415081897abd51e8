import type { WebhookDocument } from '@schoolbell/api-client';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMay } from '../../app/session/use-me.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FirstSteps } from './first-steps.tsx';
import { useFirstSteps } from './first-steps/use-first-steps.ts';
import { foundBy, orderedWebhooks } from './list/ordered-webhooks.ts';
import { type HealthFilter, WebhookFilters } from './list/webhook-filters.tsx';
import { WebhookTable } from './list/webhook-table.tsx';
import { useEveryWebhook } from '../../app/api/use-every-webhook.ts';

/** All webhooks, those that need attention first. */
export function WebhooksPage() {
  const { data, error, refetch } = useEveryWebhook();
  const isFirst = useFirstSteps(data?.length);
  const mayWrite = useMay('webhooks:write');
  const actions = mayWrite && data && !isFirst && (
    <ButtonLink look="primary" to="/webhooks/new" icon={<Plus aria-hidden className="size-4" />}>
      New webhook
    </ButtonLink>
  );
  return (
    <Page title="Webhooks" actions={actions || undefined}>
      {error && (
        <ProblemNote
          error={error}
          title="The webhooks could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && (
        <>
          <Skeleton className="h-20 rounded-md sm:h-9" label="Loading the webhooks" />
          <Skeleton className="h-96 rounded-lg" label="" />
        </>
      )}
      {data && isFirst && <FirstSteps />}
      {data && !isFirst && <WebhookList webhooks={data} />}
    </Page>
  );
}

function WebhookList({ webhooks }: { webhooks: readonly WebhookDocument[] }) {
  const { q = '', health = 'all' } = useSearch({ from: '/shell/webhooks' });
  const navigate = useNavigate();
  const show = (search: { q?: string; health?: string }, replace: boolean) =>
    void navigate({ to: '/webhooks', search, replace });
  const found = orderedWebhooks(foundBy(webhooks, q)).filter(
    (webhook) => health === 'all' || webhook.health === health,
  );
  return (
    <>
      <WebhookFilters
        webhooks={webhooks}
        q={q}
        health={health as HealthFilter}
        onQ={(next) => show({ q: next, health }, true)}
        onHealth={(next) => show({ q, health: next === 'all' ? undefined : next }, false)}
      />
      {found.length > 0 ? (
        <WebhookTable webhooks={found} />
      ) : (
        <EmptyState
          title="No webhook matches"
          actions={<Button onClick={() => show({}, false)}>Show all webhooks</Button>}
        >
          None of {webhooks.length} webhooks has this health and these words.
        </EmptyState>
      )}
    </>
  );
}
