import { addUser } from './accounts.js';
import type { ApiUnderTest, TenantUnderTest } from './start-api.js';

/** How a member of a tenant authenticates: a value for `Authorization: Bearer` that allows all that a tenant may do. */
type Credentials = (api: ApiUnderTest, tenant: TenantUnderTest) => Promise<string>;

/** Every kind of credentials. */
export const CREDENTIALS: Record<string, Credentials> = {
  'API key': async (_api, { tenantKey }) => tenantKey,
  'owner, by an access token': async (api, tenant) =>
    (await addUser(api, tenant, 'owner')).accessToken,
};
