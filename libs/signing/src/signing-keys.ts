import { createSecretKey, type KeyObject } from 'node:crypto';
import { BoundedCache } from './bounded-cache.js';
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

const CACHED_SECRETS_PER_GENERATION = 10_000;
const cache = new BoundedCache<string, SigningKeys>(CACHED_SECRETS_PER_GENERATION);

/**
 * The keys of a secret. They are cached: an HMAC with a ready `KeyObject` costs a fifth of one with a
 * buffer that Node has to import each time.
 */
export function signingKeys(secret: string): SigningKeys {
  return cache.getOrMake(secret, makeKeys);
}

function makeKeys(secret: string): SigningKeys {
  const whole = createSecretKey(secret, 'utf8');
  if (isSigningKeyPair(secret)) return { whole, standardWebhooks: privateKeyOf(secret) };
  const decoded = decodeStandardWebhooksSecret(secret);
  return { whole, standardWebhooks: decoded ? createSecretKey(decoded) : whole };
}
