import { apiClient, type ApiResponse } from '../../support/index.js';
import { bodyExampleOf, type OpenApiOperation } from './openapi.js';

export interface SentToOperation {
  headers?: Record<string, string>;
  /** Default: the document's example. */
  body?: unknown;
}

/** Calls an operation by a path that contains its ids. @param key an API key or an access token */
export function callOperation(
  url: string,
  operation: OpenApiOperation,
  path: string,
  key: string,
  { headers = {}, body = bodyExampleOf(operation) }: SentToOperation = {},
): Promise<ApiResponse<any>> {
  const client = apiClient(url, key, headers);
  switch (operation.method) {
    case 'GET':
      return client.get(path);
    case 'DELETE':
      return client.delete(path, {}, body);
    case 'PATCH':
      return client.patch(path, body);
    default:
      return client.post(path, body ?? {});
  }
}
