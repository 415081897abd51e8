import { lazy, Suspense } from 'react';
import { useMe } from '../../app/session/use-me.ts';

/** Most people are of one tenant, and need nothing of it. */
const TenantCombobox = lazy(async () => ({
  default: (await import('./tenant-combobox.tsx')).TenantCombobox,
}));

/** Which tenant a user of the platform looks at, and the way to another one. Nothing for users of a tenant. */
export function TenantSwitcher() {
  if (useMe().tenantId !== null) return null;
  return (
    <Suspense fallback={<div className="h-9 w-40" />}>
      <TenantCombobox />
    </Suspense>
  );
}
