import { toTypeId } from '@schoolbell/delivery';
import { effectiveSignature, formatNamed } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';

/** What `Accept` asks for it by. */
export const SECRET_FILE_TYPE = 'application/vnd.schoolbell.secret+json';

/** A secret as a file that says all that a receiver needs to verify, as Adobe Learning Manager gives it. */
export interface SecretFile {
  webhookId: string;
  url: string;
  algorithm: string;
  header: string;
  encoding: 'hex' | 'base64';
  /** Null when what is stored is damaged. */
  secret: string | null;
  createdAt: string;
}

export function secretFile(webhook: WebhookRecord, secret: string | null): SecretFile {
  const format = formatNamed(webhook.format);
  const signature = format && effectiveSignature(format, webhook.formatSettings.signature);
  return {
    webhookId: toTypeId('webhook', webhook.id),
    url: webhook.url,
    algorithm: webhook.publicKey === null ? 'HMAC-SHA256' : 'Ed25519',
    header: signature?.header ?? 'webhook-signature',
    encoding: signature?.encoding ?? 'base64',
    secret,
    createdAt: webhook.createdAt.toISOString(),
  };
}
