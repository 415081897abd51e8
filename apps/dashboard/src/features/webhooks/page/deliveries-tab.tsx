import { listWebhookDeliveries } from '@schoolbell/api-client';
import { listWebhookDeliveriesOptions } from '@schoolbell/api-client/queries';
import { useQuery } from '@tanstack/react-query';
import { HELD_STILL } from '../../../app/live/held-still.ts';
import { NewerRows } from '../../../app/live/newer-rows.tsx';
import { ButtonLink } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { DeliveryTable } from './delivery-table.tsx';

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
  const asked = { path: { id: webhookId }, query: { limit: SHOWN } };
  const { queryKey, ...options } = listWebhookDeliveriesOptions(asked);
  const { data, error, refetch } = useQuery({
    ...options,
    queryKey,
    ...HELD_STILL,
  });
  const rows = data?.data ?? [];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-2">
        {FILTERS.map(([label, status]) => (
          <ButtonLink key={label} size="small" to="/deliveries" search={{ webhookId, status }}>
            {label}
          </ButtonLink>
        ))}
      </div>
      {rows.length > 0 && (
        <NewerRows
          key={webhookId}
          queryKey={queryKey}
          rows={rows}
          newest={() => listWebhookDeliveries(asked)}
          mayBring={(row) => row.webhookId === webhookId && row.id > rows[0]!.id}
        />
      )}
      {data && <DeliveryTable deliveries={rows} />}
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
