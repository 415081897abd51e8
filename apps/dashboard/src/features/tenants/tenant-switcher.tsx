import { lazy, Suspense } from 'react';
import { useMe } from '../../app/session/use-me.ts';

/** Users of a tenant, most people, never need it. */
const TenantCombobox = lazy(async () => ({
  default: (await import('./tenant-combobox.tsx')).TenantCombobox,
}));

/** The tenant that a platform user looks at, and a way to another one. Empty for users of a tenant. */
export function TenantSwitcher() {
  if (useMe().tenantId !== null) return null;
  return (
    <Suspense fallback={<div className="h-9 w-40" />}>
      <TenantCombobox />
    </Suspense>
  );
}
