import { chosenTenant } from './chosen-tenant.ts';
import { session } from './session-of-page.ts';
import { withSession } from './with-session.ts';

/** `fetch` as the signed-in user, for the tenant that the page shows. */
export const fetchAsUser = withSession({ session, tenantId: chosenTenant.get });
