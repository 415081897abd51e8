import { useMe } from '../../app/session/use-me.ts';
import { useTenantId } from '../../app/session/use-tenant.ts';
import { SECTIONS, type SettingsSection } from './sections.tsx';

/** The sections that the signed-in user may see, for the present tenant; without one, the platform's own. */
export function useOfferedSections(): SettingsSection[] {
  const { permissions } = useMe();
  const tenantId = useTenantId();
  return SECTIONS.filter(
    ({ permission, ofTenant }) =>
      (permission === undefined || permissions.includes(permission)) &&
      (!ofTenant || tenantId !== undefined),
  );
}
