import { type ListDeliveriesResponse, listDeliveries } from '@schoolbell/api-client';
import { matchesDeliveryFilters } from '../../app/delivery-filters.ts';
import { useLiveRows } from '../../app/live/use-live-rows.ts';
import { NewerButton } from '../../ui/newer-button.tsx';
import type { Deliveries } from './use-deliveries.ts';

/** New deliveries wait here; rows on the page change in place. */
export function NewerBar({ deliveries: { query, queryKey } }: { deliveries: Deliveries }) {
  const { count, isAtLeast, show } = useLiveRows<ListDeliveriesResponse>({
    queryKey,
    newest: () => listDeliveries({ query }),
    matches: (row) => matchesDeliveryFilters(row, query),
  });
  const showAtTop = async () => {
    await show();
    window.scrollTo({ top: 0 });
  };
  return <NewerButton newer={count} isAtLeast={isAtLeast} onShow={() => void showAtTop()} />;
}
