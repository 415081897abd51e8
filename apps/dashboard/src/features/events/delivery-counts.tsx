import type { ListedEventDocument } from '@schoolbell/api-client';
import { CircleDashed } from 'lucide-react';
import { Badge } from '../../ui/badge.tsx';
import { DELIVERY_STATUS } from '../../ui/delivery-status.tsx';
import { count } from '../../ui/numbers.ts';

const ORDER = ['dead', 'held', 'pending', 'delivered', 'discarded'] as const;

/** How the deliveries of an event stand, the worst first; or that no webhook wanted it. */
export function DeliveryCounts({
  event: { deliveryCounts, moreDeliveries },
}: {
  event: Pick<ListedEventDocument, 'deliveryCounts' | 'moreDeliveries'>;
}) {
  const some = ORDER.filter((status) => deliveryCounts[status] > 0);
  if (some.length === 0) {
    return (
      <Badge tone="calm" icon={<CircleDashed aria-hidden className="size-3" />}>
        No webhook wanted it
      </Badge>
    );
  }
  return (
    <span className="flex flex-wrap gap-1">
      {some.map((status) => {
        const { label, tone, icon: Icon } = DELIVERY_STATUS[status];
        return (
          <Badge key={status} tone={tone} icon={<Icon aria-hidden className="size-3" />}>
            <span className="tabular-nums">
              {count(deliveryCounts[status])}
              {moreDeliveries && '+'}
            </span>{' '}
            {label.toLowerCase()}
          </Badge>
        );
      })}
    </span>
  );
}
