import { Logger } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ALL_EVENTS,
  AUTHENTICATION_TYPES,
  type DeliveryMode,
  PAUSE_REASONS,
  toTypeId,
  type WebhookAuthentication,
  WEBHOOK_ORDERINGS,
  WEBHOOK_STATUSES,
} from '@schoolbell/delivery';
import {
  FORMAT_NAMES,
  formatNamed,
  isSensitiveHeader,
  REDACTED,
  withDefaults,
} from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { DeliveryInput } from './delivery-input.js';
import { FormatSettingsFields } from './format-settings-input.js';
import { SIGNINGS, type Signing, signingOf } from './secret-rules.js';
import { SignatureInput } from './signature-input.js';

const logger = new Logger('Webhooks');

class ScopesDocument {
  @ApiProperty({ type: [String] })
  packageIds!: string[];

  @ApiProperty({ type: [String] })
  dispatchIds!: string[];
}

class AuthenticationDocument {
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

class PauseDocument {
  @ApiProperty({ enum: PAUSE_REASONS })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: 'string', nullable: true })
  lastError!: string | null;
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

  @ApiProperty({ type: PauseDocument, nullable: true })
  pause!: PauseDocument | null;

  @ApiProperty({ type: 'integer' })
  consecutiveFailures!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  metadata!: WebhookRecord['metadata'];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

/** The answer to a registration, the only one that shows the secret unasked. */
export class NewWebhookDocument extends WebhookDocument {
  @ApiProperty({
    description: 'Shown this once; `GET /v1/webhooks/{id}/secret` needs secrets:read.',
  })
  secret!: string;
}

/**
 * Writes a webhook for its owner: no password, no token, no value of a sensitive header; nulls, and said in the
 * log, for what cannot be read.
 */
export function presentWebhook(webhook: WebhookRecord): WebhookDocument {
  const { authentication, headers } = webhook;
  const id = toTypeId('webhook', webhook.id);
  if (!authentication || !headers) logger.error(`The stored secrets of ${id} cannot be read.`);
  return {
    id,
    tenantId: toTypeId('tenant', webhook.tenantId),
    url: webhook.url,
    description: webhook.description,
    events: webhook.everyEvent ? [ALL_EVENTS] : webhook.eventTypes,
    scopes: { packageIds: webhook.packageIds, dispatchIds: webhook.dispatchIds },
    format: webhook.format,
    ...presentFormatSettings(webhook),
    signing: signingOf(webhook),
    ...(webhook.publicKey !== null && { publicKey: webhook.publicKey }),
    authentication: authentication && presentAuthentication(authentication),
    headers: headers && masked(headers),
    timeoutSeconds: webhook.timeoutSeconds,
    retrySchedule: webhook.retrySchedule,
    rateLimit: webhook.rateLimit,
    fallbackUrl: webhook.fallbackUrl,
    autoPauseAfter: webhook.autoPauseAfter,
    delivery: presentDelivery(webhook.delivery),
    ordering: webhook.ordering,
    status: webhook.status,
    pause: presentPause(webhook),
    consecutiveFailures: webhook.consecutiveFailures,
    metadata: webhook.metadata,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

/** The settings of the webhook's own format, with the values that hold where none is set. */
function presentFormatSettings({ format, formatSettings }: WebhookRecord) {
  const settings = formatNamed(format)?.settings;
  return {
    ...(settings && { [settings.field]: withDefaults(settings, formatSettings[settings.field]) }),
    ...(formatSettings.signature && { signature: formatSettings.signature }),
  };
}

function presentAuthentication(authentication: WebhookAuthentication): AuthenticationDocument {
  switch (authentication.type) {
    case 'basic':
    case 'form': {
      const { password: _, ...shown } = authentication;
      return shown;
    }
    case 'bearer': {
      const { token: _, ...shown } = authentication;
      return shown;
    }
    case 'oauth2': {
      const { clientSecret: _, ...shown } = authentication;
      return shown;
    }
    case 'signature':
    case 'none':
      return authentication;
  }
}

/** Without what the format adds to it. */
function presentDelivery(mode: DeliveryMode): DeliveryInput {
  if (mode.mode === 'single') return mode;
  const { sameType: _, ...chosen } = mode;
  return chosen;
}

function presentPause({
  pauseReason,
  pausedAt,
  pauseLastError,
}: WebhookRecord): PauseDocument | null {
  if (pauseReason === null || pausedAt === null) return null;
  return { reason: pauseReason, at: pausedAt.toISOString(), lastError: pauseLastError };
}

function masked(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSensitiveHeader(name) ? REDACTED : value,
    ]),
  );
}
