import { useEffect, useEffectEvent } from 'react';
import type { DeliveryChange } from './delivery-change.ts';
import { live } from './live.ts';

/**
 * Calls `listener` with each change at the page's tenant while the component is mounted. Not needed for lists and
 * single deliveries in the cache, which change in place, nor for new rows, which {@link useLiveRows} has: it is for
 * what is counted or drawn.
 *
 * @example
 * useDeliveryChanges((change) => {
 *   if (change.kind === 'summary' || change.kind === 'again') void stats.refetch();
 * });
 */
export function useDeliveryChanges(listener: (change: DeliveryChange) => void): void {
  const latest = useEffectEvent(listener);
  useEffect(() => live.subscribe((change) => latest(change)), []);
}
