import { setTimeout as sleep } from 'node:timers/promises';
import type { ChildService } from './child-service.js';
import { OperatorError } from './operator-error.js';

const POLL_MS = 50;
const TIMEOUT_MS = 60_000;
/** A service that dies so often before it was ever ready will not become so. */
const HOPELESS_DEATHS = 4;

/**
 * Resolves once the API says that all it needs is there and the dispatcher runs.
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

async function isReady(apiUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${apiUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status === 200;
  } catch {
    return false;
  }
}

function failed(what: string, service: ChildService): OperatorError {
  return new OperatorError('child_failed', `${what}; ${service.logPath} says why.`);
}
