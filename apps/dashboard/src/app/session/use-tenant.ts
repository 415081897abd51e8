import { useSyncExternalStore } from 'react';
import { chosenTenant } from '../api/chosen-tenant.ts';
import { useMe } from './use-me.ts';

/** The tenant that a platform user looks at; undefined for everybody else. */
export function useChosenTenant(): string | undefined {
  return useSyncExternalStore(chosenTenant.subscribe, chosenTenant.get);
}

/** The tenant whose data the page shows: a TypeID, undefined while a platform user has not chosen one. */
export function useTenantId(): string | undefined {
  const { tenantId } = useMe();
  const chosen = useChosenTenant();
  return tenantId ?? chosen;
}
