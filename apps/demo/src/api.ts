import { type Client, createClient, createConfig } from '@schoolbell/api-client';
import type { Credentials } from './credentials.js';
import { DemoError } from './demo-error.js';

/** The two clients of the API: a customer with their key, and a runtime service with the platform's. */
export interface DemoApi {
  customer: Client;
  runtime: Client;
}

export function connect({ apiUrl, tenantKey, platformKey, tenantId }: Credentials): DemoApi {
  return {
    customer: clientOf(apiUrl, { Authorization: `Bearer ${tenantKey}` }),
    runtime: clientOf(apiUrl, { Authorization: `Bearer ${platformKey}`, 'X-Tenant-Id': tenantId }),
  };
}

function clientOf(baseUrl: string, headers: Record<string, string>): Client {
  const client = createClient(createConfig({ baseUrl, headers, throwOnError: true }));
  client.interceptors.error.use((error, response, request) =>
    toDemoError(error, response, request),
  );
  return client;
}

/** The API's refusal in one line, or that nothing answers. */
function toDemoError(error: unknown, response?: Response, request?: Request): DemoError {
  if (response) {
    const { method = '', url = '' } = request ?? {};
    const said = `${method} ${url} was answered ${response.status}: ${JSON.stringify(error)}`;
    return new DemoError('refused', said);
  }
  return new DemoError('not_running', 'Nothing answers. Start the product first: npm start');
}
