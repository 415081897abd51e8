import { useLocation, useNavigate } from '@tanstack/react-router';
import { chosenTenant } from '../../app/api/chosen-tenant.ts';
import { pageAfterChoice } from './page-after-choice.ts';

/** Looks at another tenant from now on, in this tab. */
export function useChoosingTenant(): (tenantId: string) => Promise<void> {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return async (tenantId) => {
    // First the address: what it says of the tenant before means nothing of the next.
    if (pathname !== '/tenants') await navigate({ href: pageAfterChoice(pathname) });
    chosenTenant.set(tenantId);
    if (pathname === '/tenants') await navigate({ href: pageAfterChoice(pathname) });
  };
}
