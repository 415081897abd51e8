import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { DeliveryFilters } from './filters.ts';

export const DELIVERIES_ROUTE = '/shell/deliveries';

/** The filters in the address, and a function to change some of them. */
export function useFilters() {
  const filters: DeliveryFilters = useSearch({
    from: DELIVERIES_ROUTE,
    select: withoutOpen,
    structuralSharing: true,
  });
  const navigate = useNavigate({ from: '/deliveries' });
  const change = useCallback(
    /** @param typing while the user types, so that not every letter becomes an entry of the history */
    (changes: DeliveryFilters, { typing = false } = {}) => {
      void navigate({ search: (all) => ({ ...all, ...changes }), replace: typing });
    },
    [navigate],
  );
  const clear = useCallback(() => void navigate({ search: {} }), [navigate]);
  return { filters, change, clear };
}

/** The open delivery is not a filter: the list stays as it is. */
function withoutOpen(search: DeliveryFilters & { open?: string }): DeliveryFilters {
  return Object.fromEntries(Object.entries(search).filter(([name]) => name !== 'open'));
}
