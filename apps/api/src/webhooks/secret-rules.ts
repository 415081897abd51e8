import { formatNamed } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import {
  checkKeyPair,
  checkSecret,
  generateSecret,
  generateSigningKeyPair,
  isStandardWebhooksSecret,
  publicKeyOf,
  type SecretCheck,
} from '@schoolbell/signing';
import type { FieldError } from '../http/api-error.js';

/** How a webhook signs: with a shared secret, or with a key pair whose public half its receiver has. */
export const SIGNINGS = ['hmac-sha256', 'ed25519'] as const;
export type Signing = (typeof SIGNINGS)[number];

/** A new secret of a kind, and the public key that receivers of a key pair need. */
export interface NewSecret {
  secret: string;
  publicKey: string | null;
}

export function signingOf({ publicKey }: Pick<WebhookRecord, 'publicKey'>): Signing {
  return publicKey === null ? 'hmac-sha256' : 'ed25519';
}

/** @param secret the customer's own, which has no {@link secretFaults}; generated if left out */
export function newSecret(signing: Signing, secret?: string): NewSecret {
  if (signing === 'hmac-sha256') return { secret: secret ?? generateSecret(), publicKey: null };
  const pair = secret ?? generateSigningKeyPair();
  return { secret: pair, publicKey: publicKeyOf(pair) };
}

/** The faults of a `secret` that a customer chose. */
export function secretFaults(
  format: string,
  signing: Signing,
  secret: string | undefined,
): FieldError[] {
  if (secret === undefined) return [];
  const check = signing === 'ed25519' ? checkKeyPair(secret) : checkShared(format, secret);
  return check.ok ? [] : [{ path: 'secret', message: check.message }];
}

/** Only Standard Webhooks has key pairs. */
export function signingFaults(format: string, signing: Signing): FieldError[] {
  if (signing === 'hmac-sha256' || formatNamed(format)?.standardSecrets) return [];
  return [{ path: 'signing', message: `must be hmac-sha256 for the format ${format}` }];
}

/**
 * Whether receivers of a format take a stored secret as the key that it is. It may be older than the rules for new
 * secrets, and it still signs for its receiver.
 */
export function isReadableSecret(format: string, secret: string): boolean {
  return !formatNamed(format)?.standardSecrets || isStandardWebhooksSecret(secret);
}

function checkShared(format: string, secret: string): SecretCheck {
  const check = checkSecret(secret);
  if (!check.ok || !formatNamed(format)?.standardSecrets) return check;
  return isStandardWebhooksSecret(secret) ? check : { ok: false, message: ONLY_STANDARD };
}

const ONLY_STANDARD =
  'For Standard Webhooks, a secret is whsec_ followed by the base64 of 24 to 64 bytes, because its libraries decode every secret.';
