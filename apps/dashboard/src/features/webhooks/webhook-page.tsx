import type { WebhookDocument } from '@schoolbell/api-client';
import { getWebhookOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { problemOf } from '../../app/api/api-problem.ts';
import { useMay } from '../../app/session/use-me.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { WebhookHealthBadge } from '../../ui/webhook-health.tsx';
import { OpenDelivery } from '../deliveries/panel/open-delivery.tsx';
import { WebhookActions } from './actions/webhook-actions.tsx';
import { DeliveriesTab } from './page/deliveries-tab.tsx';
import { OverviewSkeleton } from './page/overview-skeleton.tsx';
import { OverviewTab } from './page/overview-tab.tsx';
import { SecretTab } from './page/secret-tab.tsx';
import { SettingsTab } from './page/settings-tab.tsx';
import { webhookName } from '../../ui/webhook-name.ts';

const ASK_EVERY_MS = 15_000;

/** One webhook: its state, its deliveries, its secret, and its settings. */
export function WebhookPage() {
  const { webhookId } = useParams({ from: '/shell/webhooks/$webhookId' });
  const { data, error, refetch } = useQuery({
    ...getWebhookOptions({ path: { id: webhookId } }),
    refetchInterval: ASK_EVERY_MS,
  });
  if (data) return <WebhookView webhook={data} />;
  if (error && problemOf(error).status === 404) return <NoSuchWebhook />;
  return (
    <Page title="Webhook" note={error ? undefined : <span className="block h-4" />}>
      {error ? (
        <ProblemNote
          error={error}
          title="The webhook could not be loaded"
          onRetry={() => void refetch()}
        />
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-9" label="Loading the webhook" />
          <OverviewSkeleton />
        </div>
      )}
    </Page>
  );
}

function NoSuchWebhook() {
  return (
    <Page title="Webhook">
      <EmptyState
        title="There is no such webhook"
        actions={<ButtonLink to="/webhooks">All webhooks</ButtonLink>}
      >
        It may have been deleted. Its deliveries are in the log as long as history is kept.
      </EmptyState>
    </Page>
  );
}

function WebhookView({ webhook }: { webhook: WebhookDocument }) {
  const name = webhookName(webhook);
  return (
    <Page
      title={name}
      heading={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <bdi title={name} className="line-clamp-2 min-w-0 text-left wrap-anywhere">
            {name}
          </bdi>
          <WebhookHealthBadge health={webhook.health} />
        </span>
      }
      note={
        <span title={webhook.url} className="block truncate font-mono text-xs">
          <bdi>{webhook.url}</bdi>
        </span>
      }
      actions={<WebhookActions webhook={webhook} />}
    >
      <WebhookTabs webhook={webhook} />
      <OpenDelivery />
    </Page>
  );
}

type Tab = 'overview' | 'deliveries' | 'secret' | 'settings';

function WebhookTabs({ webhook }: { webhook: WebhookDocument }) {
  const { tab = 'overview', operation } = useSearch({ from: '/shell/webhooks/$webhookId' });
  const navigate = useNavigate();
  const mayReadSecrets = useMay('secrets:read');
  const mayWrite = useMay('webhooks:write');
  const tabs: { value: Tab; label: string; content: ReactNode }[] = [
    { value: 'overview', label: 'Overview', content: <OverviewTab webhook={webhook} /> },
    {
      value: 'deliveries',
      label: 'Deliveries',
      content: <DeliveriesTab webhookId={webhook.id} />,
    },
    ...(mayReadSecrets || mayWrite
      ? [{ value: 'secret' as const, label: 'Secret', content: <SecretTab webhook={webhook} /> }]
      : []),
    { value: 'settings', label: 'Settings', content: <SettingsTab webhook={webhook} /> },
  ];
  const shown = tabs.find(({ value }) => value === tab)?.value ?? 'overview';
  return (
    <Tabs
      label="Webhook"
      value={shown}
      onChange={(next) =>
        void navigate({
          to: '/webhooks/$webhookId',
          params: { webhookId: webhook.id },
          search: { tab: next === 'overview' ? undefined : next, operation },
        })
      }
      tabs={tabs}
    />
  );
}
