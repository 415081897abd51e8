import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildService } from './child-service.js';
import { OperatorError } from '@schoolbell/process';

const POLL_MS = 50;
const TIMEOUT_MS = 60_000;
const REQUEST_TIMEOUT_MS = 2_000;
/** A service that dies this often before it was ever ready will not become ready. */
const HOPELESS_DEATHS = 4;

/**
 * Resolves once the API says that everything it needs is there and the dispatcher runs.
 *
 * @throws OperatorError `child_failed`
 */
export async function untilReady(
  apiUrl: string,
  services: readonly ChildService[],
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (!signal.aborted) {
    if ((await isReady(apiUrl)) && services.every(({ running }) => running)) return;
    const hopeless = services.find(({ deaths }) => deaths >= HOPELESS_DEATHS);
    if (hopeless) throw failed(`The ${hopeless.name} does not start`, hopeless);
    if (Date.now() > deadline) throw failed(`Schoolbell is not ready after 60 s`, services[0]!);
    await sleep(POLL_MS);
  }
}

/** By `node:http`: `fetch` alone would take as much memory as the rest of this process. */
function isReady(apiUrl: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(`${apiUrl}/health/ready`, { timeout: REQUEST_TIMEOUT_MS }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

function failed(what: string, service: ChildService): OperatorError {
  return new OperatorError('child_failed', `${what}; ${service.logPath} says why.`);
}
