import { listWebhookDeliveriesOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { DeliveryTable } from './delivery-table.tsx';

const ASK_EVERY_MS = 10_000;
const SHOWN = 25;

const FILTERS = [
  ['All in the log', undefined],
  ['Delivered', 'delivered'],
  ['Waiting', 'pending'],
  ['Held', 'held'],
  ['Dead', 'dead'],
  ['Discarded', 'discarded'],
] as const;

/** The newest deliveries, and links to the log, which has them all. */
export function DeliveriesTab({ webhookId }: { webhookId: string }) {
  const { data, error, refetch } = useQuery({
    ...listWebhookDeliveriesOptions({ path: { id: webhookId }, query: { limit: SHOWN } }),
    refetchInterval: ASK_EVERY_MS,
  });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        {FILTERS.map(([label, status]) => (
          <ButtonLink key={label} size="small" to="/deliveries" search={{ webhookId, status }}>
            {label}
          </ButtonLink>
        ))}
      </div>
      {data && <DeliveryTable deliveries={data.data} />}
      {!data && error && (
        <ProblemNote
          error={error}
          title="The deliveries could not be loaded"
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton className="h-120" label="Loading the deliveries" />}
    </div>
  );
}
