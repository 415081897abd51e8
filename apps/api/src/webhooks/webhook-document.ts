import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  AUTHENTICATION_TYPES,
  PAUSE_REASONS,
  WEBHOOK_HEALTHS,
  WEBHOOK_ORDERINGS,
  WEBHOOK_STATUSES,
  type WebhookHealth,
} from '@schoolbell/delivery';
import { FORMAT_NAMES } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { DeliveryInput } from './delivery-input.js';
import { ExampleResultDocument } from './expression-trial.js';
import { FormatSettingsFields } from './format-settings-input.js';
import { SIGNINGS, type Signing } from './secret-rules.js';
import { SignatureInput } from './signature-input.js';

class ScopesDocument {
  @ApiProperty({ type: [String] })
  packageIds!: string[];

  @ApiProperty({ type: [String] })
  dispatchIds!: string[];
}

export class AuthenticationDocument {
  @ApiProperty({ enum: AUTHENTICATION_TYPES })
  type!: string;

  @ApiPropertyOptional({
    description: 'With `basic` and `form`. Passwords, tokens and client secrets are left out.',
  })
  username?: string;

  @ApiPropertyOptional({ description: 'With `oauth2`, like the next three fields.' })
  tokenUrl?: string;

  @ApiPropertyOptional()
  clientId?: string;

  @ApiPropertyOptional()
  scope?: string;

  @ApiPropertyOptional()
  audience?: string;

  @ApiPropertyOptional({ description: 'Present if it was set.' })
  sign?: boolean;
}

/** Without its key. Certificate and subject are null when the stored one is damaged: set it again. */
export class ClientCertificateDocument {
  @ApiProperty({ type: 'string', nullable: true, description: 'PEM.' })
  certificate!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'O=Northwind Academy, CN=schoolbell' })
  subject!: string | null;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

class FilterErrorDocument {
  @ApiProperty({ example: 'evaluation' })
  code!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty()
  eventId!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

export class PauseDocument {
  @ApiProperty({
    enum: PAUSE_REASONS,
    description:
      'With `handshake`, the receiver has not consented: `lastError` says what it answered, and is null while it is being asked.',
  })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'string', nullable: true })
  lastError!: string | null;
}

class ConsentDocument {
  @ApiProperty({ description: 'The `WebHook-Request-Origin` of every delivery.' })
  origin!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many requests per minute the receiver accepts; null for any number.',
  })
  requestsPerMinute!: number | null;
}

/** A webhook as all its readers see it. */
@FormatSettingsFields()
export class WebhookDocument {
  @ApiProperty({ example: 'wh_01jcfpwpg0fgx9p79fda74r401' })
  id!: string;

  @ApiProperty({ example: 'ten_01jcfpwpg0fgx9p79fda74r401' })
  tenantId!: string;

  @ApiProperty()
  url!: string;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: [String] })
  events!: string[];

  @ApiProperty()
  scopes!: ScopesDocument;

  @ApiProperty({ enum: FORMAT_NAMES })
  format!: string;

  @ApiProperty({ type: 'string', nullable: true })
  filter!: string | null;

  @ApiProperty({
    type: FilterErrorDocument,
    nullable: true,
    description: 'The last event on which the filter failed; such an event counts as wanted.',
  })
  filterError!: FilterErrorDocument | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Only for the format `custom`.' })
  template!: string | null;

  @ApiPropertyOptional({
    type: SignatureInput,
    description: 'The signature header in place of the format’s own, if one is set.',
  })
  signature?: SignatureInput;

  @ApiProperty({ enum: SIGNINGS })
  signing!: Signing;

  @ApiPropertyOptional({
    description: 'With `signing: "ed25519"`: the key with which receivers verify.',
    example: 'whpk_ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=',
  })
  publicKey?: string;

  @ApiProperty({
    type: AuthenticationDocument,
    nullable: true,
    description: 'Null if the stored value is damaged and nothing can be sent: set it again.',
  })
  authentication!: AuthenticationDocument | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'Null if the stored values are damaged, like `authentication`.',
  })
  headers!: Record<string, string> | null;

  @ApiProperty({
    type: ClientCertificateDocument,
    nullable: true,
    description: 'The certificate for a receiver that asks for one.',
  })
  clientCertificate!: ClientCertificateDocument | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'PEM: the authorities that are trusted in place of the public ones.',
  })
  ca!: string | null;

  @ApiProperty({ type: 'integer' })
  timeoutSeconds!: number;

  @ApiProperty({ type: 'array', items: { type: 'integer' } })
  retrySchedule!: number[];

  @ApiProperty({ type: 'integer', nullable: true })
  rateLimit!: number | null;

  @ApiProperty({ type: 'string', nullable: true })
  fallbackUrl!: string | null;

  @ApiProperty({ type: 'integer' })
  autoPauseAfter!: number;

  @ApiProperty({ type: DeliveryInput })
  delivery!: DeliveryInput;

  @ApiProperty({ enum: WEBHOOK_ORDERINGS })
  ordering!: WebhookRecord['ordering'];

  @ApiProperty()
  tracing!: boolean;

  @ApiProperty({ enum: WEBHOOK_STATUSES })
  status!: string;

  @ApiProperty({
    enum: WEBHOOK_HEALTHS,
    description:
      'Judged by its 20 newest deliveries. `failing`: the last attempt failed and so did more than a tenth of these deliveries, or half of them failed. `idle`: none of them waits, and none was attempted in the last 24 hours.',
  })
  health!: WebhookHealth;

  @ApiProperty({ type: PauseDocument, nullable: true })
  pause!: PauseDocument | null;

  @ApiPropertyOptional({
    type: ConsentDocument,
    description: 'What the receiver consented to, if a handshake asked for consent.',
  })
  consent?: ConsentDocument;

  @ApiProperty({ type: 'integer' })
  consecutiveFailures!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: WebhookRecord['metadata'];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** The answer to a change. */
export class ChangedWebhookDocument extends WebhookDocument {
  @ApiPropertyOptional({
    type: [ExampleResultDocument],
    description:
      'If a filter or a template was set: what it makes of the example of each event type.',
  })
  examples?: ExampleResultDocument[];
}

/** The answer to registering a webhook, the only one that shows the secret unasked. */
export class NewWebhookDocument extends ChangedWebhookDocument {
  @ApiProperty({
    description:
      'Shown only once; later `GET /v1/webhooks/{id}/secret` shows it, which needs `secrets:read`.',
  })
  secret!: string;
}
