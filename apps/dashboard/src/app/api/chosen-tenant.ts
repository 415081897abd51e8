const KEY = 'schoolbell.tenant';

const listeners = new Set<() => void>();

/** The tenant that a platform user looks at in this tab; undefined for users of a tenant, who have their own. */
export const chosenTenant = {
  get: (): string | undefined => sessionStorage.getItem(KEY) ?? undefined,
  set: (tenantId: string | undefined): void => {
    if (tenantId === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, tenantId);
    for (const listener of listeners) listener();
  },
  /** For `useSyncExternalStore`. */
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
