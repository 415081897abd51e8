import { Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  AUTHENTICATION_TYPES,
  PAUSE_REASONS,
  toTypeId,
  WEBHOOK_ORDERINGS,
  WEBHOOK_STATUSES,
} from '@schoolbell/delivery';
import { FORMAT_NAMES, isSensitiveHeader, REDACTED } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { DeliveryInput } from './delivery-input.js';

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

  @ApiProperty({ required: false, description: 'With `basic`. Passwords and tokens are left out.' })
  username?: string;
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
  delivery!: WebhookRecord['delivery'];

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
    events: webhook.eventTypes,
    scopes: { packageIds: webhook.packageIds, dispatchIds: webhook.dispatchIds },
    format: webhook.format,
    authentication: authentication && {
      type: authentication.type,
      ...(authentication.type === 'basic' && { username: authentication.username }),
    },
    headers: headers && masked(headers),
    timeoutSeconds: webhook.timeoutSeconds,
    retrySchedule: webhook.retrySchedule,
    rateLimit: webhook.rateLimit,
    fallbackUrl: webhook.fallbackUrl,
    autoPauseAfter: webhook.autoPauseAfter,
    delivery: webhook.delivery,
    ordering: webhook.ordering,
    status: webhook.status,
    pause: presentPause(webhook),
    consecutiveFailures: webhook.consecutiveFailures,
    metadata: webhook.metadata,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
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
