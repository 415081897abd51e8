import { type ListDeliveriesResponse, listDeliveries } from '@schoolbell/api-client';
import { ArrowUp } from 'lucide-react';
import { matchesDeliveryFilters } from '../../app/delivery-filters.ts';
import { useLiveRows } from '../../app/live/use-live-rows.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/numbers.ts';
import type { Deliveries } from './use-deliveries.ts';

/**
 * New deliveries wait here, so that no row moves under the pointer; rows on the page change in place. The bar floats,
 * so it takes no space from the list, and is as low as the gap above it, so it covers no words.
 */
export function NewerBar({ deliveries: { query, queryKey } }: { deliveries: Deliveries }) {
  const newer = useLiveRows<ListDeliveriesResponse>({
    queryKey,
    newest: () => listDeliveries({ query }),
    matches: (row) => matchesDeliveryFilters(row, query),
  });
  const show = async () => {
    await newer.show();
    window.scrollTo({ top: 0 });
  };
  return (
    <div role="status" className="sticky top-16 z-2 -my-2 flex h-0 justify-center">
      {newer.count > 0 && (
        <Button
          look="primary"
          size="small"
          className="-mt-1.5 h-6! rounded-full! shadow-popup"
          onClick={() => void show()}
          icon={<ArrowUp aria-hidden className="size-3.5" />}
        >
          {count(newer.count)}
          {newer.isAtLeast && '+'} new
        </Button>
      )}
    </div>
  );
}
