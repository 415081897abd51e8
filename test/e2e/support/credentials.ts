import { addUser } from './accounts.js';
import type { ApiUnderTest, TenantUnderTest } from './start-api.js';

/** How somebody of a tenant comes in: what goes into `Authorization: Bearer`, good for all that a tenant may do. */
type Credentials = (api: ApiUnderTest, tenant: TenantUnderTest) => Promise<string>;

/** Every kind there is. */
export const CREDENTIALS: Record<string, Credentials> = {
  'API key': async (_api, { tenantKey }) => tenantKey,
  'owner, by an access token': async (api, tenant) =>
    (await addUser(api, tenant, 'owner')).accessToken,
};
