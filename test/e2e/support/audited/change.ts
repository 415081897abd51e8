import {
  apiClient,
  type ApiClient,
  type ApiResponse,
  type Receiver,
  type Schoolbell,
} from '../../../support/index.js';

type Installation = Pick<
  Schoolbell,
  'apiUrl' | 'platformKey' | 'tenantId' | 'tenantUuid' | 'tenantKey' | 'database'
>;

/** Where changes are made. */
export interface Changed {
  schoolbell: Installation;
  receiver: Receiver;
  /** With a key of the tenant. */
  api: ApiClient;
  /** With a key of the platform, which names no tenant. */
  platform: ApiClient;
}

export type Call = () => Promise<ApiResponse<unknown>>;

/** Prepares a change, and returns the one call that makes it. */
export type Change = (where: Changed) => Promise<Call>;

export function changedHere(schoolbell: Installation, receiver: Receiver): Changed {
  const { apiUrl, tenantKey, platformKey } = schoolbell;
  const [api, platform] = [apiClient(apiUrl, tenantKey), apiClient(apiUrl, platformKey)];
  return { schoolbell, receiver, api, platform };
}
