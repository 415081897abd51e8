import { ButtonLink } from '../../../ui/button.tsx';
import { RecentDeliveries } from './recent-deliveries.tsx';

const FILTERS = [
  ['All in the log', undefined],
  ['Waiting', 'pending'],
  ['Delivered', 'delivered'],
  ['Dead', 'dead'],
  ['Discarded', 'discarded'],
] as const;

/** The newest deliveries, and the ways into the log, which has them all. */
export function DeliveriesTab({ webhookId }: { webhookId: string }) {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {FILTERS.map(([label, status]) => (
          <ButtonLink key={label} size="small" to="/deliveries" search={{ webhookId, status }}>
            {label}
          </ButtonLink>
        ))}
      </div>
      <RecentDeliveries webhookId={webhookId} most={25} />
    </div>
  );
}
