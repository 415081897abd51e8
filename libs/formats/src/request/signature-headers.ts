import type { SignatureOverride } from '@schoolbell/delivery';
import {
  hmacSignature,
  isSigningKeyPair,
  standardWebhooksSignature,
  type SignedContent,
} from '@schoolbell/signing';
import type { FormatSignature, Header, WireFormat } from '../contract/wire-format.js';

/** Everything that goes when a request is signed: the three `webhook-*` headers, and the format's own. */
export function signatureHeaders(
  content: SignedContent,
  signature: FormatSignature | null,
  secrets: readonly [current: string, ...previous: string[]],
): Header[] {
  return [
    ['webhook-id', content.id],
    ['webhook-timestamp', String(content.timestamp)],
    ['webhook-signature', standardWebhooksSignature(content, secrets)],
    ...(signature ? ownSignature(signature, content.body, secrets) : []),
  ];
}

/** The signature header that a webhook sends beside `webhook-signature`: the format's, as its customer wants it. */
export function effectiveSignature(
  { signature }: WireFormat,
  override: SignatureOverride | undefined,
): FormatSignature | null {
  return signature && override ? { ...signature, ...override } : signature;
}

function ownSignature(
  { header, encoding, prefix, alongside = [] }: FormatSignature,
  body: Buffer,
  [current, previous]: readonly [current: string, ...previous: string[]],
): Header[] {
  const sign = (secret: string) => prefix + hmacSignature(secret, body, encoding);
  return [
    [header, sign(current)],
    ...(previous === undefined || isSigningKeyPair(previous)
      ? []
      : [[`${header}-Previous`, sign(previous)] as const]),
    ...alongside,
  ];
}
