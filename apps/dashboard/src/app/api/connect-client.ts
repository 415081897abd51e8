import { client } from '@schoolbell/api-client';
import { problemOf } from './api-problem.ts';
import { fetchAsUser } from './fetch-as-user.ts';
import { BASE } from './session-of-page.ts';

/** Makes the generated client send its calls as the signed-in user. */
export function connectClient(): void {
  client.setConfig({ baseUrl: BASE, fetch: fetchAsUser, throwOnError: true });
  client.interceptors.error.use((error, response) => problemOf(error, response));
}
