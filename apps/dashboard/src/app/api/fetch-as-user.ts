import { chosenTenant } from './chosen-tenant.ts';
import { session } from './session-of-page.ts';
import { withSession } from './with-session.ts';

/** `fetch` as whoever is signed in, for the tenant that the page is of. */
export const fetchAsUser = withSession({ session, tenantId: chosenTenant.get });
