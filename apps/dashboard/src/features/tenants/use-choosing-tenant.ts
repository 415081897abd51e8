import { useLocation, useNavigate } from '@tanstack/react-router';
import { chosenTenant } from '../../app/api/chosen-tenant.ts';
import { pageAfterChoice } from './page-after-choice.ts';

/** Switches this tab to another tenant. */
export function useChoosingTenant(): (tenantId: string) => Promise<void> {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return async (tenantId) => {
    // The address first: ids of the tenant before mean nothing to the next one.
    if (pathname !== '/tenants') await navigate({ href: pageAfterChoice(pathname) });
    chosenTenant.set(tenantId);
    if (pathname === '/tenants') await navigate({ href: pageAfterChoice(pathname) });
  };
}
