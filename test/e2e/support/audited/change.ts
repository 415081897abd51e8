import {
  apiClient,
  type ApiClient,
  type ApiResponse,
  type Receiver,
  type Schoolbell,
} from '../../../support/index.js';

/** Where changes are made. No dispatcher runs until a change adds one. */
export interface Changed {
  schoolbell: Schoolbell;
  receiver: Receiver;
  /** With a key of the tenant. */
  api: ApiClient;
  /** With a key of the platform, which names no tenant. */
  platform: ApiClient;
}

export type Call = () => Promise<ApiResponse<unknown>>;

/** Prepares a change, and returns the one call that makes it. */
export type Change = (where: Changed) => Promise<Call>;

export function changedHere(schoolbell: Schoolbell, receiver: Receiver): Changed {
  const { apiUrl, tenantKey, platformKey } = schoolbell;
  const [api, platform] = [apiClient(apiUrl, tenantKey), apiClient(apiUrl, platformKey)];
  return { schoolbell, receiver, api, platform };
}
