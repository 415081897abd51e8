import type { IncomingMessage } from 'node:http';
import { uuidV7 } from '@schoolbell/ids';

const SAFE = /^[\w.:-]{1,128}$/;

/**
 * The caller's `X-Request-Id` if it has 1 to 128 letters, digits or `_.:-` (it goes into logs and headers); a new one
 * otherwise.
 */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : `req_${uuidV7()}`;
}
