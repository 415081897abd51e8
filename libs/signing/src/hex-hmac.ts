import { createHmac } from 'node:crypto';
import { signingKeys } from './signing-keys.js';

/**
 * The signature of formats that sign with `HMAC-SHA256` in lower-case hex, keyed with the whole secret.
 *
 * @param body the exact bytes that are sent
 */
export function hexHmac(secret: string, body: Buffer): string {
  return createHmac('sha256', signingKeys(secret).hex).update(body).digest('hex');
}
