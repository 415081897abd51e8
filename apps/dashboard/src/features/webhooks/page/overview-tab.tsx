import type { WebhookDocument } from '@schoolbell/api-client';
import {
  getWebhookStatsOptions,
  listWebhookDeliveriesOptions,
} from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { AttemptsChart } from '../../../ui/charts/attempts-chart.tsx';
import { slotsOf } from '../../../ui/charts/attempts-slots.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { DeliveryTable } from './delivery-table.tsx';
import { ListensTo } from './listens-to.tsx';
import { NumbersOfDay } from './numbers-of-day.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { ReplayProgress } from './replay-progress.tsx';
import { StateNote } from './state-note.tsx';

const ASK_EVERY_MS = 10_000;
/** How many deliveries are searched for the newest failure. */
const LOOKED_AT = 20;
const SHOWN = 5;

/** Is it healthy, what did it do lately, and what does it listen to? */
export function OverviewTab({ webhook }: { webhook: WebhookDocument }) {
  const path = { id: webhook.id };
  const stats = useQuery({ ...getWebhookStatsOptions({ path }), refetchInterval: ASK_EVERY_MS });
  const deliveries = useQuery({
    ...listWebhookDeliveriesOptions({ path, query: { limit: LOOKED_AT } }),
    refetchInterval: ASK_EVERY_MS,
  });
  if (!stats.data || !deliveries.data) {
    // All at once: parts that appear one by one would move each other.
    const { error } = stats.data ? deliveries : stats;
    const again = () => void Promise.all([stats.refetch(), deliveries.refetch()]);
    return error ? (
      <ProblemNote error={error} title="How it is doing could not be loaded" onRetry={again} />
    ) : (
      <OverviewSkeleton />
    );
  }
  const newest = deliveries.data.data;
  return (
    <div className="flex flex-col gap-4">
      <ReplayProgress webhookId={webhook.id}>
        <StateNote webhook={webhook} newest={newest} backlog={stats.data.backlog} />
      </ReplayProgress>
      <NumbersOfDay webhook={webhook} stats={stats.data} />
      <AttemptsChart
        slots={slotsOf(stats.data.series, '24h')}
        outcomes={stats.data.outcomes}
        window="24h"
      />
      <Section
        title="Newest deliveries"
        actions={
          <ButtonLink size="small" to="/deliveries" search={{ webhookId: webhook.id }}>
            All deliveries
          </ButtonLink>
        }
      >
        <DeliveryTable deliveries={newest.slice(0, SHOWN)} inCard />
      </Section>
      <ListensTo webhook={webhook} />
    </div>
  );
}
