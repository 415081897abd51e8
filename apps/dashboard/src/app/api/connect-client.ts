import { client } from '@schoolbell/api-client';
import { problemOf } from './api-problem.ts';
import { chosenTenant } from './chosen-tenant.ts';
import { BASE, session } from './session-of-page.ts';
import { withSession } from './with-session.ts';

/** Has the generated client speak for whoever is signed in. */
export function connectClient(): void {
  const fetchAsUser = withSession({ session, tenantId: chosenTenant.get });
  client.setConfig({ baseUrl: BASE, fetch: fetchAsUser, throwOnError: true });
  client.interceptors.error.use((error, response) => problemOf(error, response));
}
