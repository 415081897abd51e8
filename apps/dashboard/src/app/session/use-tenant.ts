import { useSyncExternalStore } from 'react';
import { chosenTenant } from '../api/chosen-tenant.ts';
import { useMe } from './use-me.ts';

/** The tenant that a user of the platform looks at; undefined for all others. */
export function useChosenTenant(): string | undefined {
  return useSyncExternalStore(chosenTenant.subscribe, chosenTenant.get);
}

/** Whose data the page shows: TypeID, undefined while a user of the platform has chosen none. */
export function useTenantId(): string | undefined {
  const { tenantId } = useMe();
  const chosen = useChosenTenant();
  return tenantId ?? chosen;
}
