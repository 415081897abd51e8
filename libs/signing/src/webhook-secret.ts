import { randomBytes } from 'node:crypto';
import { isSigningKeyPair, isSoundKeyPair } from './signing-key-pair.js';

/** Marks a secret whose key is the base64 after it, as the Standard Webhooks specification writes it. */
const PREFIX = 'whsec_';
const GENERATED_BYTES = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const MIN_SECRET_CHARACTERS = 8;
export const MAX_SECRET_CHARACTERS = 256;
/** The key sizes that the Standard Webhooks specification allows. */
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;

/** Libraries read raw secrets as Latin-1 or as UTF-8: nothing beyond ASCII is the same key to all of them. */
const PRINTABLE_ASCII = /^[\x21-\x7e]*$/;

export type SecretCheck = { ok: true } | { ok: false; message: string };

/**
 * A new webhook secret: `whsec_` and the base64 of 32 random bytes.
 *
 * @param random a source of that many random bytes; injected by tests
 */
export function generateSecret(random: (bytes: number) => Buffer = randomBytes): string {
  return PREFIX + random(GENERATED_BYTES).toString('base64');
}

/**
 * Judges a secret that a customer brings: 8 to 256 characters of printable ASCII, and base64 of 24 to 64 bytes where
 * it says by its prefix that it is a Standard Webhooks secret. One that only looks like it is refused,
 * because the receivers' libraries would decode it to another key than ours, or not at all.
 */
export function checkSecret(text: string): SecretCheck {
  const characters = [...text].length;
  if (characters < MIN_SECRET_CHARACTERS || characters > MAX_SECRET_CHARACTERS) {
    return refused(
      `A secret has ${MIN_SECRET_CHARACTERS} to ${MAX_SECRET_CHARACTERS} characters; this one has ${characters}.`,
    );
  }
  if (!PRINTABLE_ASCII.test(text)) {
    return refused(
      'A secret has printable ASCII characters only: no spaces, line breaks, umlauts or the like.',
    );
  }
  if (isSigningKeyPair(text)) {
    return refused(
      'A secret that starts with whsk_ is a key pair: it signs with `signing: "ed25519"` only.',
    );
  }
  return text.startsWith(PREFIX) ? checkStandardWebhooksSecret(text) : { ok: true };
}

/** Judges a key pair that a customer brings: `whsk_` and the base64 of an Ed25519 seed and its public key. */
export function checkKeyPair(text: string): SecretCheck {
  return isSigningKeyPair(text) && isSoundKeyPair(text)
    ? { ok: true }
    : refused(
        'A key pair is whsk_ followed by the base64 of 64 bytes: an Ed25519 seed and its public key.',
      );
}

/** Whether every library of Standard Webhooks reads the secret as the same key: `whsec_` and base64. */
export function isStandardWebhooksSecret(secret: string): boolean {
  return decodeStandardWebhooksSecret(secret) !== undefined;
}

/** The bytes after `whsec_`, or `undefined` for a secret that is not of that form. */
export function decodeStandardWebhooksSecret(secret: string): Buffer | undefined {
  if (!secret.startsWith(PREFIX)) return undefined;
  const encoded = secret.slice(PREFIX.length);
  return encoded !== '' && BASE64.test(encoded) ? Buffer.from(encoded, 'base64') : undefined;
}

function checkStandardWebhooksSecret(text: string): SecretCheck {
  const bytes = decodeStandardWebhooksSecret(text)?.length;
  if (bytes === undefined) {
    return refused(
      `A secret that starts with ${PREFIX} must go on with base64, padding included. Correct it, or leave the prefix out.`,
    );
  }
  if (bytes < MIN_KEY_BYTES || bytes > MAX_KEY_BYTES) {
    return refused(
      `A secret that starts with ${PREFIX} holds ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} bytes in base64; this one holds ${bytes}.`,
    );
  }
  return { ok: true };
}

function refused(message: string): SecretCheck {
  return { ok: false, message };
}
