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

  @ApiPropertyOptional({ description: 'With `oauth2`, as the three that follow.' })
  tokenUrl?: string;

  @ApiPropertyOptional()
  clientId?: string;

  @ApiPropertyOptional()
  scope?: string;

  @ApiPropertyOptional()
  audience?: string;

  @ApiPropertyOptional({ description: 'Where it was set.' })
  sign?: boolean;
}

/** Without its key. Certificate and subject are null when what is stored is damaged: set it again. */
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
  @ApiProperty({ description: 'What every delivery has as `WebHook-Request-Origin`.' })
  origin!: string;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'How many requests the receiver lets through; null for any number.',
  })
  requestsPerMinute!: number | null;
}

/** A webhook as everybody sees it. */
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
    description: 'The last event on which the filter failed, which counted as wanted.',
  })
  filterError!: FilterErrorDocument | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of the format `custom`.' })
  template!: string | null;

  @ApiPropertyOptional({
    type: SignatureInput,
    description: 'The signature header in place of the format’s own, where one is set.',
  })
  signature?: SignatureInput;

  @ApiProperty({ enum: SIGNINGS })
  signing!: Signing;

  @ApiPropertyOptional({
    description: 'What verifies, with `signing: "ed25519"`.',
    example: 'whpk_ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=',
  })
  publicKey?: string;

  @ApiProperty({
    type: AuthenticationDocument,
    nullable: true,
    description: 'Null when what is stored is damaged, so that nothing can be sent: set it again.',
  })
  authentication!: AuthenticationDocument | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'Null like `authentication`.',
  })
  headers!: Record<string, string> | null;

  @ApiProperty({
    type: ClientCertificateDocument,
    nullable: true,
    description: 'What is shown to a receiver that asks for a certificate.',
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

  @ApiProperty({ enum: WEBHOOK_STATUSES })
  status!: string;

  @ApiProperty({
    enum: WEBHOOK_HEALTHS,
    description:
      'How its 20 newest deliveries stand. `failing`: its last attempt failed, and more than a tenth of them; or half of them. `idle`: none waits, and none was attempted in 24 h.',
  })
  health!: WebhookHealth;

  @ApiProperty({ type: PauseDocument, nullable: true })
  pause!: PauseDocument | null;

  @ApiPropertyOptional({
    type: ConsentDocument,
    description: 'What the receiver consented to, where a handshake asked it.',
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
      'Where a filter or a template was set: what they make of the example of each event type.',
  })
  examples?: ExampleResultDocument[];
}

/** The answer to a registration, the only one that shows the secret unasked. */
export class NewWebhookDocument extends ChangedWebhookDocument {
  @ApiProperty({
    description: 'Shown this once; `GET /v1/webhooks/{id}/secret` needs secrets:read.',
  })
  secret!: string;
}
