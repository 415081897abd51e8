import {
  ALL_EVENTS,
  DEFAULT_WEBHOOK_SETTINGS,
  type FormatSettingsOfWebhook,
  type WebhookMetadata,
  type WebhookSettings,
} from '@schoolbell/delivery';
import { isSensitiveHeader, REDACTED } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { type FieldError, validationFailed } from '../http/api-error.js';
import { toAuthentication } from './authentication-input.js';
import { toCa } from './ca-rules.js';
import { toClientCertificate } from './client-certificate-input.js';
import { toDeliveryMode } from './delivery-input.js';
import { deliveryModeFor, typesInsteadOfAll } from './format-rules.js';
import { givenFormatSettings } from './format-settings-input.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

/**
 * The settings of a new webhook: the given ones, and defaults for the rest. A format that needs credentials has no
 * default for them: `formatFaults` refuses a webhook without.
 *
 * @throws ApiError `validation_failed` for a masked header value
 */
export function newSettings(input: CreateWebhook): WebhookSettings {
  const { format = DEFAULT_WEBHOOK_SETTINGS.format } = input;
  return {
    ...DEFAULT_WEBHOOK_SETTINGS,
    ...givenSettings(input, format, {}, {}),
    url: input.url,
    ...listening(format, input.events),
  };
}

/**
 * The settings that a change touches. A masked header value that comes back stands for the stored value.
 *
 * @throws ApiError `validation_failed` for a mask without a stored value
 */
export function changedSettings(
  input: ChangeWebhook,
  old: WebhookRecord,
): Partial<WebhookSettings> {
  const { format = old.format } = input;
  return {
    ...givenSettings(input, format, old.headers ?? {}, old.formatSettings),
    ...listening(format, input.events ?? namedEvents(old)),
    ...(!input.delivery && { delivery: deliveryModeFor(format, old.delivery) }),
  };
}

function givenSettings(
  input: ChangeWebhook,
  format: string,
  oldHeaders: Record<string, string>,
  oldFormatSettings: FormatSettingsOfWebhook,
): Partial<WebhookSettings> {
  const { authentication, ca, clientCertificate, delivery, headers, metadata, scopes } = input;
  return withoutUndefined({
    url: input.url,
    description: input.description,
    packageIds: scopes?.packageIds,
    dispatchIds: scopes?.dispatchIds,
    format: input.format,
    formatSettings: formatSettings(input, oldFormatSettings),
    filter: input.filter,
    template: input.template,
    authentication: authentication && toAuthentication(authentication),
    headers: headers && unmask(headers as Record<string, string>, oldHeaders),
    clientCertificate: clientCertificate && toClientCertificate(clientCertificate),
    ca: ca && toCa(ca),
    timeoutSeconds: input.timeoutSeconds,
    retrySchedule: input.retrySchedule,
    rateLimit: input.rateLimit,
    fallbackUrl: input.fallbackUrl,
    autoPauseAfter: input.autoPauseAfter,
    delivery: delivery && deliveryModeFor(format, toDeliveryMode(format, delivery)),
    ordering: input.ordering,
    tracing: input.tracing,
    metadata: metadata as WebhookMetadata | undefined,
  });
}

/** The events that the customer named, whatever they stand for in the webhook's format. */
export function namedEvents({
  everyEvent,
  eventTypes,
}: Pick<WebhookSettings, 'everyEvent' | 'eventTypes'>): string[] {
  return everyEvent ? [ALL_EVENTS] : eventTypes;
}

function listening(format: string, events: readonly string[]) {
  const carried = events.includes(ALL_EVENTS) ? typesInsteadOfAll(format) : undefined;
  return { eventTypes: carried ?? [...events], everyEvent: carried !== undefined };
}

function formatSettings(
  { signature, ...input }: ChangeWebhook,
  old: FormatSettingsOfWebhook,
): FormatSettingsOfWebhook | undefined {
  const given = givenFormatSettings(input);
  if (signature === undefined && Object.keys(given).length === 0) return undefined;
  const { signature: oldSignature, ...rest } = old;
  const effective = signature === undefined ? oldSignature : signature;
  return { ...rest, ...given, ...(effective && { signature: { ...effective } }) };
}

function withoutUndefined<T extends object>(fields: T): Partial<T> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}

function unmask(
  headers: Record<string, string>,
  old: Record<string, string>,
): Record<string, string> {
  const known = new Map(Object.entries(old).map(([name, value]) => [name.toLowerCase(), value]));
  const faults: FieldError[] = [];
  const unmasked = Object.entries(headers).map(([name, value]) => {
    if (value !== REDACTED || !isSensitiveHeader(name)) return [name, value];
    const stored = known.get(name.toLowerCase());
    if (stored === undefined) {
      faults.push({
        path: `headers.${name}`,
        message: 'is masked, but no value is stored: send the real one',
      });
    }
    return [name, stored];
  });
  if (faults.length > 0) throw validationFailed(faults);
  return Object.fromEntries(unmasked);
}
