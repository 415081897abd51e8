import type { WebhookDocument } from '@schoolbell/api-client';
import { FORMAT_GUIDES, type Format } from '../formats/format-guides.ts';
import type { SignatureScheme } from './signature-scheme.ts';

/** What proves to a receiver that a request is Schoolbell's. */
export type Proof =
  | { kind: 'signature'; scheme: SignatureScheme }
  /** Ed25519: verified by the public key alone. */
  | { kind: 'key-pair'; publicKey: string | undefined }
  /** What the webhook authenticates by, or nothing. */
  | { kind: 'credentials'; type: string };

type SigningPart = Pick<WebhookDocument, 'format' | 'signature' | 'signing' | 'authentication'> & {
  publicKey?: string;
};

/** What a webhook's receiver goes by, as the webhook is set today. */
export function proofOf(webhook: SigningPart): Proof {
  const { format, signing, publicKey, signature, authentication } = webhook;
  const proof = proofOfFormat(format);
  if (proof.kind !== 'signature') {
    return authentication ? { kind: 'credentials', type: authentication.type } : proof;
  }
  if (signing === 'ed25519') return { kind: 'key-pair', publicKey };
  const { scheme } = proof;
  // The signature is what makes Standard Webhooks: it goes whatever the authentication is.
  if (scheme.kind === 'standard') return proof;
  const type = authentication?.type ?? 'signature';
  if (type !== 'signature' && authentication?.sign !== true) return { kind: 'credentials', type };
  return { kind: 'signature', scheme: { ...scheme, ...signature } };
}

/** The same of a webhook that has nothing but a format. */
export function proofOfFormat(format: Format): Proof {
  const scheme = FORMAT_GUIDES[format].signature;
  if (scheme) return { kind: 'signature', scheme };
  return { kind: 'credentials', type: format === 'scorm-cloud' ? 'form' : 'basic' };
}
