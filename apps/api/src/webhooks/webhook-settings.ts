import {
  ALL_EVENTS,
  DEFAULT_WEBHOOK_SETTINGS,
  type WebhookMetadata,
  type WebhookSettings,
} from '@schoolbell/delivery';
import { isSensitiveHeader, REDACTED } from '@schoolbell/formats';
import type { WebhookRecord } from '@schoolbell/persistence';
import { type FieldError, validationFailed } from '../http/api-error.js';
import { toAuthentication } from './authentication-input.js';
import type { ChangeWebhook, CreateWebhook } from './webhook-input.js';

/**
 * The settings of a new webhook: what was given, defaults for the rest.
 *
 * @throws ApiError `validation_failed` for a masked header value
 */
export function newSettings(input: CreateWebhook): WebhookSettings {
  return {
    ...DEFAULT_WEBHOOK_SETTINGS,
    ...givenSettings(input, {}),
    url: input.url,
    eventTypes: input.events,
    everyEvent: input.events.includes(ALL_EVENTS),
  };
}

/**
 * The settings that a change touches. A masked header value that comes back stands for the old value.
 *
 * @throws ApiError `validation_failed` for one that stands for nothing
 */
export function changedSettings(
  input: ChangeWebhook,
  old: WebhookRecord,
): Partial<WebhookSettings> {
  return givenSettings(input, old.headers ?? {});
}

function givenSettings(
  input: ChangeWebhook,
  oldHeaders: Record<string, string>,
): Partial<WebhookSettings> {
  const { events, scopes, authentication, headers, metadata, delivery, status: _, ...same } = input;
  return withoutUndefined({
    ...withoutSecret(same),
    eventTypes: events,
    everyEvent: events?.includes(ALL_EVENTS),
    packageIds: scopes?.packageIds,
    dispatchIds: scopes?.dispatchIds,
    authentication: authentication && toAuthentication(authentication),
    headers: headers && unmask(headers as Record<string, string>, oldHeaders),
    metadata: metadata as WebhookMetadata | undefined,
    delivery: delivery && { mode: 'single' },
  });
}

/** A secret is no setting: it is stored, shown and rotated apart from them. */
function withoutSecret<T extends object>(input: T): Omit<T, 'secret'> {
  const { secret: _, ...rest } = input as T & { secret?: string };
  return rest;
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
      faults.push({ path: `headers.${name}`, message: 'is a mask of nothing: send the value' });
    }
    return [name, stored];
  });
  if (faults.length > 0) throw validationFailed(faults);
  return Object.fromEntries(unmasked);
}
