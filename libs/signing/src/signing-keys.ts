import { createSecretKey, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isSigningKeyPair, privateKeyOf } from './signing-key-pair.js';
import { decodeStandardWebhooksSecret } from './webhook-secret.js';

/** The keys that one secret stands for. */
export interface SigningKeys {
  /** For formats with a signature header of their own: the whole secret as UTF-8, `whsec_` included. */
  readonly whole: KeyObject;
  /**
   * For `webhook-signature`: the base64-decoded part after `whsec_`, else the secret as UTF-8; of a secret that
   * begins with `whsk_` the private Ed25519 key.
   */
  readonly standardWebhooks: KeyObject;
}

const cache = new LRUCache<string, SigningKeys>({ max: 10_000 });

/**
 * The keys of a secret. They are cached: an HMAC with a ready `KeyObject` costs a fifth of one with a
 * buffer that Node has to import each time.
 */
export function signingKeys(secret: string): SigningKeys {
  const cached = cache.get(secret);
  if (cached) return cached;
  const keys = makeKeys(secret);
  cache.set(secret, keys);
  return keys;
}

function makeKeys(secret: string): SigningKeys {
  const whole = createSecretKey(secret, 'utf8');
  if (isSigningKeyPair(secret)) return { whole, standardWebhooks: privateKeyOf(secret) };
  const decoded = decodeStandardWebhooksSecret(secret);
  return { whole, standardWebhooks: decoded ? createSecretKey(decoded) : whole };
}
