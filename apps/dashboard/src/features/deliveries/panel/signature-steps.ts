import type { WebhookDocument } from '@schoolbell/api-client';

interface SignatureStep {
  /** The header as it was sent. */
  header: string;
  value: string;
  /** How it is computed, in a sentence. */
  made: string;
  /** Recomputes it in a POSIX shell, from the environment's `SECRET` and `BODY`; undefined for key pairs. */
  command?: string;
}

type Signed = Pick<WebhookDocument, 'signature' | 'signing'>;

const STANDARD = 'webhook-signature';
/** openssl takes a binary key only in hex. */
const KEY_IN_HEX = `"$(printf '%s' "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"`;

/** The signature headers of a request, each with its computation. */
export function signatureSteps(
  headers: Record<string, string>,
  { signature, signing }: Partial<Signed> = {},
): SignatureStep[] {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  const own = signature?.header?.toLowerCase();
  return Object.entries(headers).flatMap(([header, value]): SignatureStep[] => {
    const name = header.toLowerCase();
    const isOfFormat = name === own || /-signature(-256)?(-previous)?$/.test(name);
    if (name === STANDARD) return [{ header, value, ...standardStep(signing, id, timestamp) }];
    if (!isOfFormat || name.endsWith('-algorithm')) return [];
    return [{ header, value, ...bodyStep(value, name.endsWith('-previous')) }];
  });
}

function standardStep(
  signing: WebhookDocument['signing'] | undefined,
  id: string,
  timestamp: string,
): Pick<SignatureStep, 'made' | 'command'> {
  if (signing === 'ed25519') {
    return {
      made: 'Standard Webhooks, v1a: Ed25519 over webhook-id, webhook-timestamp and the body, with a full stop between them. The webhook’s public key verifies it.',
    };
  }
  return {
    made: 'Standard Webhooks, v1: HMAC-SHA256 in Base64 over webhook-id, webhook-timestamp and the body, with a full stop between them. The key is the secret behind whsec_, decoded from Base64.',
    command: `printf '%s' "${id}.${timestamp}.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:${KEY_IN_HEX} -binary | openssl base64`,
  };
}

function bodyStep(value: string, isPrevious: boolean): Pick<SignatureStep, 'made' | 'command'> {
  const inHex = /(^|=)[0-9a-f]{64}$/i.test(value);
  const key = isPrevious ? 'the previous secret, as a whole' : 'the whole secret';
  return {
    made: `HMAC-SHA256 in ${inHex ? 'hex' : 'Base64'} over the bytes of the body alone. The key is ${key}.`,
    command: `printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET"${inHex ? '' : ' -binary | openssl base64'}`,
  };
}
