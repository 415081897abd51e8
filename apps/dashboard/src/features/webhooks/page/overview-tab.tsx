import type { WebhookDocument } from '@schoolbell/api-client';
import { getWebhookStatsOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '../../../ui/button.tsx';
import { Section } from '../../../ui/card.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { AttemptsChart } from './attempts-chart.tsx';
import { ListensTo } from './listens-to.tsx';
import { NumbersOfDay } from './numbers-of-day.tsx';
import { RecentDeliveries } from './recent-deliveries.tsx';
import { TroubleNote } from './trouble-note.tsx';

const ASK_EVERY_MS = 30_000;

/** Is it well, what did it do lately, and what does it listen to? */
export function OverviewTab({ webhook }: { webhook: WebhookDocument }) {
  const { data, error, refetch } = useQuery({
    ...getWebhookStatsOptions({ path: { id: webhook.id } }),
    refetchInterval: ASK_EVERY_MS,
  });
  return (
    <div className="flex flex-col gap-4">
      <TroubleNote webhook={webhook} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data ? (
        <>
          <NumbersOfDay webhook={webhook} stats={data} />
          <Section title="Attempts by hour">
            <AttemptsChart hours={data.series} />
          </Section>
        </>
      ) : (
        !error && <Skeleton className="h-90" label="Loading the numbers" />
      )}
      <Section
        title="Newest deliveries"
        actions={
          <ButtonLink size="small" to="/deliveries" search={{ webhookId: webhook.id }}>
            All deliveries
          </ButtonLink>
        }
      >
        <RecentDeliveries webhookId={webhook.id} most={5} />
      </Section>
      <ListensTo webhook={webhook} />
    </div>
  );
}
