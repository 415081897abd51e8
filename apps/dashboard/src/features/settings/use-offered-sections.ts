import { useMe } from '../../app/session/use-me.ts';
import { useTenantId } from '../../app/session/use-tenant.ts';
import { SECTIONS, type SettingsSection } from './sections.tsx';

/** What whoever has signed in may see, of the tenant that they look at; without one, what the platform has itself. */
export function useOfferedSections(): SettingsSection[] {
  const { permissions } = useMe();
  const tenantId = useTenantId();
  return SECTIONS.filter(
    ({ permission, ofTenant }) =>
      (permission === undefined || permissions.includes(permission)) &&
      (!ofTenant || tenantId !== undefined),
  );
}
