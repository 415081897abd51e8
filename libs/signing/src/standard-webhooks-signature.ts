import { createHmac, sign as signWith } from 'node:crypto';
import { signingKeys } from './signing-keys.js';

export interface SignedContent {
  /** The value of the `webhook-id` header. */
  id: string;
  /** Unix seconds; the value of the `webhook-timestamp` header. */
  timestamp: number;
  /** The exact bytes that are sent. */
  body: Buffer;
}

/**
 * The value of the `webhook-signature` header: one `v1,<base64>` for each secret, `v1a,<base64>` for each key
 * pair, separated by a space, in the order given, so that a receiver with either secret of a rotation finds its
 * own.
 *
 * @see https://www.standardwebhooks.com
 */
export function standardWebhooksSignature(
  content: SignedContent,
  secrets: readonly string[],
): string {
  const prefix = `${content.id}.${content.timestamp}.`;
  return secrets.map((secret) => sign(secret, prefix, content.body)).join(' ');
}

function sign(secret: string, prefix: string, body: Buffer): string {
  const key = signingKeys(secret).standardWebhooks;
  if (key.type === 'private') {
    return `v1a,${signWith(null, Buffer.concat([Buffer.from(prefix), body]), key).toString('base64')}`;
  }
  return `v1,${createHmac('sha256', key).update(prefix).update(body).digest('base64')}`;
}
