import { X509Certificate } from 'node:crypto';
import { Logger } from '@nestjs/common';
import {
  type DeliveryMode,
  type WebhookAuthentication,
  type WebhookHealth,
} from '@schoolbell/delivery';
import { toTypeId } from '@schoolbell/ids';
import { formatNamed, isSensitiveHeader, REDACTED, withDefaults } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import type { DeliveryInput } from './delivery-input.js';
import { signingOf } from './secret-rules.js';
import type {
  AuthenticationDocument,
  ClientCertificateDocument,
  PauseDocument,
  WebhookDocument,
} from './webhook-document.js';
import { namedEvents } from './webhook-settings.js';

const logger = new Logger('Webhooks');

/**
 * Presents a webhook to its owner: without passwords, tokens and values of sensitive headers. What cannot be read is
 * null, and the log says so.
 */
export function presentWebhook(webhook: WebhookRecord, health: WebhookHealth): WebhookDocument {
  const { authentication, headers, clientCertificate, certificateExpiresAt } = webhook;
  const id = toTypeId('webhook', webhook.id);
  const isDamaged = certificateExpiresAt !== null && !clientCertificate;
  if (!authentication || !headers || isDamaged)
    logger.error(`The stored secrets of ${id} cannot be read.`);
  return {
    id,
    tenantId: toTypeId('tenant', webhook.tenantId),
    url: webhook.url,
    description: webhook.description,
    events: namedEvents(webhook),
    scopes: { packageIds: webhook.packageIds, dispatchIds: webhook.dispatchIds },
    format: webhook.format,
    ...presentFormatSettings(webhook),
    filter: webhook.filter,
    filterError: webhook.filterError,
    template: webhook.template,
    signing: signingOf(webhook),
    ...(webhook.publicKey !== null && { publicKey: webhook.publicKey }),
    authentication: authentication && presentAuthentication(authentication),
    headers: headers && masked(headers),
    clientCertificate: presentClientCertificate(webhook),
    ca: webhook.ca,
    timeoutSeconds: webhook.timeoutSeconds,
    retrySchedule: webhook.retrySchedule,
    rateLimit: webhook.rateLimit,
    fallbackUrl: webhook.fallbackUrl,
    autoPauseAfter: webhook.autoPauseAfter,
    delivery: presentDelivery(webhook.delivery),
    ordering: webhook.ordering,
    tracing: webhook.tracing,
    status: webhook.status,
    health,
    pause: presentPause(webhook),
    ...presentConsent(webhook),
    consecutiveFailures: webhook.consecutiveFailures,
    metadata: webhook.metadata,
    createdAt: webhook.createdAt.toISOString(),
    updatedAt: webhook.updatedAt.toISOString(),
  };
}

/** The settings of the webhook's own format, with defaults where none is set. */
function presentFormatSettings({ format, formatSettings, number }: WebhookRecord) {
  const settings = formatNamed(format)?.settings;
  return {
    ...(settings && {
      [settings.field]: withDefaults(settings, formatSettings[settings.field], number),
    }),
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

function presentClientCertificate({
  clientCertificate,
  certificateExpiresAt,
}: WebhookRecord): ClientCertificateDocument | null {
  if (certificateExpiresAt === null) return null;
  const certificate = clientCertificate?.certificate ?? null;
  return {
    certificate,
    subject: certificate && new X509Certificate(certificate).subject.replaceAll('\n', ', '),
    expiresAt: certificateExpiresAt.toISOString(),
  };
}

/** Without the format's additions. */
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

function presentConsent({ consentedOrigin, consentedRate }: WebhookRecord) {
  if (consentedOrigin === null) return {};
  return { consent: { origin: consentedOrigin, requestsPerMinute: consentedRate } };
}

function masked(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSensitiveHeader(name) ? REDACTED : value,
    ]),
  );
}
