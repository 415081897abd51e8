import { LRUCache } from 'lru-cache';
import { isSentByUs } from './reserved-headers.js';
import type { Header } from '../contract/wire-format.js';

/** What stands in the attempt log in place of a value that is a secret. */
export const REDACTED = '[redacted]';

// Errs on the side of hiding: an X-Author that shows as [redacted] harms nobody.
const SENSITIVE =
  /auth|cookie|token|secret|passw|passphrase|pwd|credential|bearer|session|jwt|signature|key(?:$|[-_])|apikey/i;

/** An installation's webhooks share a few names, of which each attempt sends a dozen. */
const remembered = new LRUCache<string, boolean>({ max: 2_000 });

/**
 * Whether a header's name says that its value is a secret: `Authorization`, `Cookie`, `X-Api-Key` and their kin. Our
 * own headers are not sensitive: a signature proves a secret without revealing it.
 */
export function isSensitiveHeader(name: string): boolean {
  let sensitive = remembered.get(name);
  if (sensitive === undefined) {
    sensitive = !isSentByUs(name) && SENSITIVE.test(name);
    remembered.set(name, sensitive);
  }
  return sensitive;
}

/**
 * Headers as the attempt log keeps them: as sent, values of sensitive ones hidden.
 *
 * @param ours how many headers at the beginning are our own and show unchanged
 */
export function redactHeaders(headers: readonly Header[], ours = 0): Record<string, string> {
  return Object.fromEntries(
    headers.map(([name, value], index) => [
      name,
      index >= ours && isSensitiveHeader(name) ? REDACTED : value,
    ]),
  );
}
