import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';

/** Marks the private and the public key as the Standard Webhooks specification writes them. */
const PRIVATE_PREFIX = 'whsk_';
const PUBLIC_PREFIX = 'whpk_';
/** The seed stands before the public key, which is as long. */
const SEED_BYTES = 32;
const BASE64_OF_PAIR = /^[A-Za-z0-9+/]{86}==$/;

/** Whether a secret is an Ed25519 key pair rather than an HMAC key. */
export function isSigningKeyPair(secret: string): boolean {
  return secret.startsWith(PRIVATE_PREFIX);
}

/** A new Ed25519 key pair as one secret: `whsk_` and the base64 of seed and public key, 64 bytes. */
export function generateSigningKeyPair(): string {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const pair = Buffer.concat([Buffer.from(d!, 'base64url'), Buffer.from(x!, 'base64url')]);
  return PRIVATE_PREFIX + pair.toString('base64');
}

/** The public key of a pair, which receivers verify with: `whpk_` and the base64 of its 32 bytes. */
export function publicKeyOf(secret: string): string {
  return PUBLIC_PREFIX + pairBytes(secret).subarray(SEED_BYTES).toString('base64');
}

/** The key that signs. */
export function privateKeyOf(secret: string): KeyObject {
  const pair = pairBytes(secret);
  const d = pair.subarray(0, SEED_BYTES).toString('base64url');
  const x = pair.subarray(SEED_BYTES).toString('base64url');
  return createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
}

/** Whether a text is `whsk_` and the base64 of a seed with its own public key. */
export function isSoundKeyPair(text: string): boolean {
  if (!BASE64_OF_PAIR.test(text.slice(PRIVATE_PREFIX.length))) return false;
  // OpenSSL works the public key out from the seed, whatever stands beside it.
  const { x } = createPublicKey(privateKeyOf(text)).export({ format: 'jwk' });
  return publicKeyOf(text) === PUBLIC_PREFIX + Buffer.from(x!, 'base64url').toString('base64');
}

function pairBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(PRIVATE_PREFIX.length), 'base64');
}
