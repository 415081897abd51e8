import { createHmac } from 'node:crypto';
import { signingKeys } from './signing-keys.js';

/**
 * The HMAC-SHA256 of a body, keyed with the whole secret, as formats with a signature header of their own
 * write it.
 *
 * @param body the exact bytes that are sent
 */
export function hmacSignature(secret: string, body: Buffer, encoding: 'hex' | 'base64'): string {
  return createHmac('sha256', signingKeys(secret).whole).update(body).digest(encoding);
}
