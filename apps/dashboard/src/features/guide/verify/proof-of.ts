import type { WebhookDocument } from '@schoolbell/api-client';
import { FORMAT_GUIDES, type Format } from '../formats/format-guides.ts';
import type { SignatureScheme } from './signature-scheme.ts';

/** How a receiver can tell that a request comes from Schoolbell. */
export type Proof =
  | { kind: 'signature'; scheme: SignatureScheme }
  /** Ed25519: the public key alone verifies. */
  | { kind: 'key-pair'; publicKey: string | undefined }
  /** The webhook's kind of authentication. */
  | { kind: 'credentials'; type: string };

type SigningPart = Pick<WebhookDocument, 'format' | 'signature' | 'signing' | 'authentication'> & {
  publicKey?: string;
};

/** The proof that a webhook's receiver can rely on, by its present settings. */
export function proofOf(webhook: SigningPart): Proof {
  const { format, signing, publicKey, signature, authentication } = webhook;
  const proof = proofOfFormat(format);
  if (proof.kind !== 'signature') {
    return authentication ? { kind: 'credentials', type: authentication.type } : proof;
  }
  if (signing === 'ed25519') return { kind: 'key-pair', publicKey };
  const { scheme } = proof;
  // The signature is part of Standard Webhooks: it is sent whatever the authentication.
  if (scheme.kind === 'standard') return proof;
  const type = authentication?.type ?? 'signature';
  if (type !== 'signature' && authentication?.sign !== true) return { kind: 'credentials', type };
  return { kind: 'signature', scheme: { ...scheme, ...signature } };
}

/** The same for a webhook of which only the format is known. */
export function proofOfFormat(format: Format): Proof {
  const scheme = FORMAT_GUIDES[format].signature;
  if (scheme) return { kind: 'signature', scheme };
  return { kind: 'credentials', type: format === 'scorm-cloud' ? 'form' : 'basic' };
}
