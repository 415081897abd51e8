import { client } from '@schoolbell/api-client';
import { problemOf } from './api-problem.ts';
import { fetchAsUser } from './fetch-as-user.ts';
import { BASE } from './session-of-page.ts';

/** Has the generated client speak for whoever is signed in. */
export function connectClient(): void {
  client.setConfig({ baseUrl: BASE, fetch: fetchAsUser, throwOnError: true });
  client.interceptors.error.use((error, response) => problemOf(error, response));
}
