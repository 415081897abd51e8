import { randomBytes } from 'node:crypto';

/** Marks a secret whose key is the base64 after it, as the Standard Webhooks specification writes it. */
const PREFIX = 'whsec_';
const GENERATED_BYTES = 32;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const MIN_SECRET_CHARACTERS = 8;
export const MAX_SECRET_CHARACTERS = 256;
/** The key sizes that the Standard Webhooks specification allows. */
export const MIN_KEY_BYTES = 24;
export const MAX_KEY_BYTES = 64;

// Letters, marks, digits, punctuation, symbols and spaces; no control characters, no lone surrogates.
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]*$/u;

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
 * Judges a secret that a customer brings: 8 to 256 printable characters, and base64 of 24 to 64 bytes where
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
  if (!PRINTABLE.test(text)) {
    return refused(
      'A secret has printable characters only: no line breaks, tabs or control codes.',
    );
  }
  return text.startsWith(PREFIX) ? checkStandardWebhooksSecret(text) : { ok: true };
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
      `A secret that starts with ${PREFIX} goes on with base64 (with its padding). Correct it, or leave the prefix out.`,
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
