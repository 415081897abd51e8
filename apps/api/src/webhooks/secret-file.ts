import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toTypeId } from '@schoolbell/ids';
import { effectiveSignature, formatNamed } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { SECRET_EXAMPLE, WEBHOOK_EXAMPLE } from './webhook-example.js';

/** The media type to ask for by `Accept`. */
export const SECRET_FILE_TYPE = 'application/vnd.schoolbell.secret+json';

/** A secret as a file with everything that a receiver needs to verify, as Adobe Learning Manager provides it. */
export class SecretFileDocument {
  @ApiProperty()
  webhookId!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty({ enum: ['HMAC-SHA256', 'Ed25519'] })
  algorithm!: 'HMAC-SHA256' | 'Ed25519';

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'The header that the signature is in. Null, as is `encoding`, for a format whose requests are never signed.',
  })
  header!: string | null;

  @ApiProperty({ enum: ['hex', 'base64', null], type: 'string', nullable: true })
  encoding!: 'hex' | 'base64' | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description:
      'Null if the stored secret is damaged. With Ed25519, the key pair that signs: keep it to yourself.',
  })
  secret!: string | null;

  @ApiPropertyOptional({ description: 'With Ed25519: the key with which the receiver verifies.' })
  publicKey?: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export const SECRET_FILE_EXAMPLE: SecretFileDocument = {
  webhookId: WEBHOOK_EXAMPLE.id,
  url: WEBHOOK_EXAMPLE.url,
  algorithm: 'HMAC-SHA256',
  header: 'X-AllureConnect-Signature',
  encoding: 'hex',
  secret: SECRET_EXAMPLE,
  createdAt: WEBHOOK_EXAMPLE.createdAt,
};

export function secretFile(webhook: WebhookRecord, secret: string | null): SecretFileDocument {
  return {
    webhookId: toTypeId('webhook', webhook.id),
    url: webhook.url,
    algorithm: webhook.publicKey === null ? 'HMAC-SHA256' : 'Ed25519',
    ...signatureOf(webhook),
    secret,
    ...(webhook.publicKey !== null && { publicKey: webhook.publicKey }),
    createdAt: webhook.createdAt.toISOString(),
  };
}

function signatureOf({
  format: name,
  formatSettings,
}: WebhookRecord): Pick<SecretFileDocument, 'header' | 'encoding'> {
  const format = formatNamed(name);
  if (format?.signed === 'never') return { header: null, encoding: null };
  const signature = format && effectiveSignature(format, formatSettings.signature);
  return {
    header: signature?.header ?? 'webhook-signature',
    encoding: signature?.encoding ?? 'base64',
  };
}
