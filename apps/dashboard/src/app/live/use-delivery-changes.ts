import { useEffect, useEffectEvent } from 'react';
import type { DeliveryChange } from './delivery-change.ts';
import { live } from './live.ts';

/**
 * Calls `listener` with each change at the tenant of this page, while the component is mounted. Lists and single
 * deliveries in the cache are changed in place without it, and lists of new rows have {@link useLiveRows}: this is for
 * what is counted or drawn otherwise.
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
